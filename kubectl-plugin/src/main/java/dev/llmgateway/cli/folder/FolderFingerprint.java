package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What may be told of an account's credential: its type, and the first 8 hex digits of its
/// SHA-256.
final class FolderFingerprint {
    private static final int BYTES = 4;

    private FolderFingerprint() {}

    static void fill(ObjectNode status, FolderObject account, Reading reading) {
        JsonNode ref = account.tree().at("/spec/auth/apiKey/secretRef");
        String name = ref.path("name").asText();
        String key = ref.path("key").asText();
        reading.manifests().secrets().stream()
                .filter(secret ->
                        secret.namespace().equals(account.namespace())
                                && secret.name().equals(name))
                .map(secret -> secret.values().getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .ifPresent(value ->
                        status.putObject("credential")
                                .put("type", "APIKey")
                                .put("fingerprint", of(value)));
    }

    static String of(String value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
