package dev.llmgateway.cli.folder;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.SecretKeyRef;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.oauth.StoredTokens;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Secret values that stand beside a folder's manifests, as the gateway finds them:
/// `secrets/NAME/KEY`, the environment's `LLM_GATEWAY_SECRET_<NAME>_<KEY>`, and the keys that were
/// generated for this folder.
final class FolderSecrets {
    static final String KEYS = ".llm-gateway/keys";
    private static final Map<String, String> LABEL = Map.of("llm-gateway.dev/credentials", "true");

    private final FolderFiles files;
    private final Map<String, String> environment;

    FolderSecrets(FolderFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = environment;
    }

    /// Secrets that no document of `manifests` declares.
    ManifestSet beside(ManifestSet manifests) {
        List<SecretDocument> found = new ArrayList<>();
        try {
            for (Wanted wanted : wanted(manifests)) {
                if (!declared(manifests, wanted)) {
                    value(wanted).ifPresent(value -> found.add(wanted.document(value)));
                }
            }
            found.addAll(tokens(manifests));
            for (SecretDocument key : generated()) {
                if (!declared(manifests, new Wanted(key.namespace(), key.name(), ""))) {
                    found.add(key);
                }
            }
        } catch (IOException e) {
            throw files.unreadable(e);
        }
        return new ManifestSet(List.of(), List.of(), List.of(), found, List.of(), List.of());
    }

    /// One value that some object refers to.
    record Wanted(String namespace, String secret, String key) {
        SecretDocument document(String value) {
            return new SecretDocument(
                    new Source("secrets/" + secret, 1),
                    namespace,
                    secret,
                    LABEL,
                    Map.of(key, value));
        }
    }

    static List<Wanted> wanted(ManifestSet manifests) {
        List<Wanted> wanted = new ArrayList<>();
        for (var account : manifests.accounts()) {
            Auth auth = account.spec().auth();
            if (auth != null && auth.apiKey() != null) {
                add(
                        wanted,
                        account,
                        auth.apiKey().secretRef().name(),
                        auth.apiKey().secretRef().key());
            }
            if (auth != null && auth.oauth() != null) {
                add(wanted, account, auth.oauth().secretRef().name(), StoredTokens.ACCESS_TOKEN);
                SecretKeyRef client = auth.oauth().clientSecretRef();
                if (client != null) {
                    add(wanted, account, client.name(), client.key());
                }
            }
        }
        for (var gateway : manifests.gateways()) {
            var tls = gateway.spec().deployment().tls();
            if (tls != null) {
                add(wanted, gateway, tls.secretRef().name(), "tls.crt");
                add(wanted, gateway, tls.secretRef().name(), "tls.key");
            }
        }
        return wanted;
    }

    private static void add(List<Wanted> wanted, Manifest<?> object, String secret, String key) {
        wanted.add(new Wanted(object.namespace(), secret, key));
    }

    /// Of sign-ins: they count before whatever was put there by hand.
    private List<SecretDocument> tokens(ManifestSet manifests) {
        List<SecretDocument> found = new ArrayList<>();
        FolderTokens files = new FolderTokens(this.files);
        for (var account : manifests.accounts()) {
            Auth auth = account.spec().auth();
            if (auth != null && auth.oauth() != null) {
                String secret = auth.oauth().secretRef().name();
                files.read(account.namespace(), secret)
                        .map(file -> file.tokens().accessToken())
                        .filter(token -> !token.isEmpty())
                        .map(token ->
                                new Wanted(account.namespace(), secret, StoredTokens.ACCESS_TOKEN)
                                        .document(token))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean declared(ManifestSet manifests, Wanted wanted) {
        return manifests.secrets().stream()
                .anyMatch(secret ->
                        secret.namespace().equals(wanted.namespace())
                                && secret.name().equals(wanted.secret()));
    }

    private Optional<String> value(Wanted wanted) throws IOException {
        Path secrets = files.resolve("secrets");
        Path file = secrets.resolve(wanted.secret()).resolve(wanted.key()).normalize();
        if (file.startsWith(secrets) && Files.isRegularFile(file)) {
            return Optional.of(Files.readString(file).stripTrailing());
        }
        String variable = "LLM_GATEWAY_SECRET_" + wanted.secret() + "_" + wanted.key();
        return Optional.ofNullable(
                environment.get(
                        variable.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_')));
    }

    private List<SecretDocument> generated() throws IOException {
        List<SecretDocument> keys = new ArrayList<>();
        Path folder = files.resolve(KEYS);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder, "*.yaml")) {
                for (Path file : kept) {
                    String name = String.valueOf(file.getFileName());
                    keys.addAll(
                            ManifestReader.read(name, Files.readString(file))
                                    .manifests()
                                    .secrets());
                }
            }
        }
        return keys;
    }
}
