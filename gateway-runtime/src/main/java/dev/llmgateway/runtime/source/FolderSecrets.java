package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.SecretKeyRef;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.plan.CredentialRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Secret values that stand beside a folder's manifests: in `secrets/NAME/KEY`, or in the
/// environment as `LLM_GATEWAY_SECRET_<NAME>_<KEY>`. Secret documents go first; only referenced
/// values are looked for.
final class FolderSecrets {
    private static final Map<String, String> LABEL = Map.of("llm-gateway.dev/credentials", "true");

    private final Path secrets;
    private final Map<String, String> environment;

    FolderSecrets(Path folder, Map<String, String> environment) {
        this.secrets = folder.resolve("secrets");
        this.environment = environment;
    }

    /// Documents for the references that no Secret document of `manifests` answers.
    List<SecretDocument> beside(ManifestSet manifests) throws IOException {
        Map<Name, Map<String, String>> found = new TreeMap<>();
        for (Reference reference : references(manifests)) {
            if (declared(manifests, reference.secret())) {
                continue;
            }
            Optional<String> value = value(reference);
            if (value.isPresent()) {
                found.computeIfAbsent(reference.secret(), _ -> new TreeMap<>())
                        .put(reference.key(), value.get());
            }
        }
        List<SecretDocument> documents = new ArrayList<>();
        found.forEach((name, values) ->
                documents.add(
                        new SecretDocument(
                                new Source("secrets/" + name.name(), 1),
                                name.namespace(),
                                name.name(),
                                LABEL,
                                values)));
        return documents;
    }

    private static boolean declared(ManifestSet manifests, Name name) {
        return manifests.secrets().stream()
                .anyMatch(secret ->
                        secret.namespace().equals(name.namespace())
                                && secret.name().equals(name.name()));
    }

    private Optional<String> value(Reference reference) throws IOException {
        Path file = secrets.resolve(reference.secret().name()).resolve(reference.key()).normalize();
        if (file.startsWith(secrets) && Files.isRegularFile(file)) {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).stripTrailing());
        }
        return Optional.ofNullable(environment.get(variable(reference)));
    }

    /// A value beside the manifests; an unreadable one counts as none.
    Optional<String> beside(CredentialRef ref) {
        try {
            return value(new Reference(new Name(ref.namespace(), ref.secret()), ref.key()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static String variable(Reference reference) {
        String name = "LLM_GATEWAY_SECRET_" + reference.secret().name() + "_" + reference.key();
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private static Set<Reference> references(ManifestSet manifests) {
        Set<Reference> references = new LinkedHashSet<>();
        for (Manifest<UpstreamAccountSpec> account : manifests.accounts()) {
            Auth auth = account.spec().auth();
            if (auth != null && auth.apiKey() != null) {
                SecretKeyRef ref = auth.apiKey().secretRef();
                add(references, account, ref.name(), ref.key());
            }
            if (auth != null && auth.oauth() != null) {
                String tokens = auth.oauth().secretRef().name();
                add(references, account, tokens, "access-token");
                add(references, account, tokens, "resource-url");
            }
        }
        for (Manifest<GatewayConfigSpec> gateway : manifests.gateways()) {
            var tls = gateway.spec().deployment().tls();
            if (tls != null) {
                add(references, gateway, tls.secretRef().name(), "tls.crt");
                add(references, gateway, tls.secretRef().name(), "tls.key");
            }
        }
        return references;
    }

    private static void add(
            Set<Reference> references, Manifest<?> object, String secret, String key) {
        references.add(new Reference(new Name(object.namespace(), secret), key));
    }

    record Name(String namespace, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }
    }

    record Reference(Name secret, String key) {}
}
