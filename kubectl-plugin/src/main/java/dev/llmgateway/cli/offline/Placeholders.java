package dev.llmgateway.cli.offline;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stand-ins for Secrets that are not among the manifests, as in every repository that keeps them
/// elsewhere: without them nothing would compile. Pure.
public final class Placeholders {
    private static final Map<String, String> LABEL = Map.of("llm-gateway.dev/credentials", "true");
    private static final String PEM = "-----BEGIN CERTIFICATE-----";

    private Placeholders() {}

    /// One Secret for each that is referred to and not declared, with a value under every key that
    /// is asked of it.
    public static ManifestSet of(ManifestSet manifests) {
        Map<String, SecretDocument> made = new TreeMap<>();
        accounts(manifests, made);
        keys(manifests, made);
        gateways(manifests, made);
        manifests
                .secrets()
                .forEach(secret -> made.remove(secret.namespace() + "/" + secret.name()));
        return new ManifestSet(
                List.of(),
                List.of(),
                List.of(),
                new ArrayList<>(made.values()),
                List.of(),
                List.of());
    }

    private static void accounts(ManifestSet manifests, Map<String, SecretDocument> made) {
        for (var account : manifests.accounts()) {
            Auth auth = account.spec().auth();
            if (auth != null && auth.apiKey() != null) {
                var ref = auth.apiKey().secretRef();
                put(made, account.namespace(), ref.name(), ref.key(), "placeholder");
            }
            if (auth != null && auth.oauth() != null) {
                String name = auth.oauth().secretRef().name();
                put(made, account.namespace(), name, "access-token", "placeholder");
            }
        }
    }

    private static void keys(ManifestSet manifests, Map<String, SecretDocument> made) {
        for (var key : manifests.keys()) {
            var source = key.spec().source();
            if (source != null && source.generate() != null) {
                String name = source.generate().secretName();
                put(made, key.namespace(), name, "sha256", digest(key.namespace() + "/" + name));
            }
        }
    }

    private static void gateways(ManifestSet manifests, Map<String, SecretDocument> made) {
        for (var gateway : manifests.gateways()) {
            var tls = gateway.spec().deployment().tls();
            if (tls != null) {
                put(made, gateway.namespace(), tls.secretRef().name(), "tls.crt", PEM);
                put(made, gateway.namespace(), tls.secretRef().name(), "tls.key", PEM);
            }
        }
    }

    private static void put(
            Map<String, SecretDocument> made,
            String namespace,
            String name,
            String key,
            String value) {
        String ref = namespace + "/" + name;
        Map<String, String> values = new TreeMap<>(Map.of(key, value));
        SecretDocument there = made.get(ref);
        if (there != null) {
            values.putAll(there.values());
        }
        made.put(
                ref,
                new SecretDocument(new Source("(placeholder)", 1), namespace, name, LABEL, values));
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
