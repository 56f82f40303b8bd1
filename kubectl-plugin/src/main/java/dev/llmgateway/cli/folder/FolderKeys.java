package dev.llmgateway.cli.folder;

import dev.llmgateway.crds.api.GeneratedKey;
import dev.llmgateway.crds.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Generated keys of a folder, in the Secrets where the gateway looks for them
/// (`.llm-gateway/keys`).
public final class FolderKeys {
    private final FolderFiles files;

    FolderKeys(FolderFiles files) {
        this.files = files;
    }

    static Path file(FolderFiles files, String namespace, String secret) {
        return files.resolve(name(namespace, secret));
    }

    private static String name(String namespace, String secret) {
        return FolderSecrets.KEYS + "/" + namespace + "." + secret + ".yaml";
    }

    /// Keeps a first key.
    public void keep(String namespace, String secret, GeneratedKey key) {
        files.writeSecret(name(namespace, secret), manifest(namespace, secret, key, 1, ""));
    }

    /// Puts a new key in the place of the present one, which counts until `overlap` is over.
    ///
    /// @param revision of the new key
    public void rotate(
            String namespace,
            String secret,
            GeneratedKey key,
            int revision,
            Duration overlap,
            Instant now) {
        String previous =
                values(namespace, secret)
                        .map(values -> values.getOrDefault("sha256", ""))
                        .filter(digest -> !digest.isEmpty() && !overlap.isZero())
                        .map(digest ->
                                "  previous-sha256: "
                                        + digest
                                        + "\n  previous-not-after: \""
                                        + now.plus(overlap)
                                        + "\"\n")
                        .orElse("");
        files.writeSecret(
                name(namespace, secret), manifest(namespace, secret, key, revision, previous));
    }

    /// Values of the Secret; empty: the key was not generated yet.
    public Optional<Map<String, String>> values(String namespace, String secret) {
        Path file = file(files, namespace, secret);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return ManifestReader.read(String.valueOf(file.getFileName()), Files.readString(file))
                    .manifests()
                    .secrets()
                    .stream()
                    .map(document -> document.values())
                    .findFirst();
        } catch (IOException e) {
            throw files.unreadable(e);
        }
    }

    private static String manifest(
            String namespace, String name, GeneratedKey key, int revision, String more) {
        return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: %s
          namespace: %s
          labels: {llm-gateway.dev/credentials: "true"}
        stringData:
          api-key: %s
          sha256: %s
          revision: "%d"
        %s\
        """
                .formatted(name, namespace, key.text(), key.sha256(), revision, more);
    }
}
