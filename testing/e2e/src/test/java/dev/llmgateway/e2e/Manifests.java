package dev.llmgateway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A folder of manifests that a test writes and edits: a gateway with simulation, one simulated
/// account, one key.
record Manifests(Path folder) {
    /// The plaintext of the folder's one key.
    static final String KEY = "test-key-0123456789abcdef";

    static Manifests simulated(Path folder) {
        Manifests manifests = new Manifests(folder);
        manifests.write(
                "gateway.yaml", object("GatewayConfig", "main", "simulation: {enabled: true}"));
        manifests.write(
                "account.yaml", object("UpstreamAccount", "simulated", "provider: Simulated"));
        manifests.write("key.yaml", object("GatewayKey", "test", key()));
        return manifests;
    }

    /// The lines of a key's spec for `KEY`.
    static String key() {
        return key(KEY);
    }

    /// The lines of a key's spec for this plaintext.
    static String key(String plaintext) {
        return "source: {hashes: [\"sha256:" + sha256(plaintext) + "\"]}";
    }

    /// One manifest; the spec's lines are indented here.
    static String object(String kind, String name, String spec) {
        return """
        apiVersion: llm-gateway.dev/v1alpha1
        kind: %s
        metadata: {name: %s}
        spec:
        %s
        """
                .formatted(kind, name, spec.indent(2).stripTrailing());
    }

    /// Replaces a file as editors do at their worst: truncated first, then written.
    void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
