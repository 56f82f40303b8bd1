package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.GeneratedKey;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Keys with `source.generate` in a folder: made once, kept as Secret manifests in
/// `.llm-gateway/keys` (0700, files 0600).
final class GeneratedKeys {
    private final Path keys;
    private final RandomGenerator random;

    GeneratedKeys(Path folder, RandomGenerator random) {
        this.keys = folder.resolve(".llm-gateway").resolve("keys");
        this.random = random;
    }

    /// The Secrets of all keys that are to be generated; missing ones are made now.
    List<KeptKey> secrets(ManifestSet manifests) throws IOException {
        List<KeptKey> kept = new ArrayList<>();
        for (Manifest<GatewayKeySpec> key : manifests.keys()) {
            GatewayKeySpec.Source source = key.spec().source();
            if (source != null
                    && source.generate() != null
                    && !declared(manifests, key, source.generate())) {
                kept.add(keep(key, source.generate().secretName()));
            }
        }
        return kept;
    }

    private static boolean declared(
            ManifestSet manifests, Manifest<?> key, GatewayKeySpec.Generate generate) {
        return manifests.secrets().stream()
                .anyMatch(secret ->
                        secret.namespace().equals(key.namespace())
                                && secret.name().equals(generate.secretName()));
    }

    private KeptKey keep(Manifest<GatewayKeySpec> key, String secretName) throws IOException {
        Path file = keys.resolve(key.namespace() + "." + secretName + ".yaml");
        boolean fresh = !Files.exists(file);
        if (fresh) {
            write(file, manifest(key.namespace(), secretName, GeneratedKey.create(random)));
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<SecretDocument> secrets =
                ManifestReader.read(file.getFileName().toString(), text).manifests().secrets();
        if (secrets.size() != 1) {
            throw new IOException(file + " is not one Secret; remove it to have the key made anew");
        }
        return new KeptKey(key.namespace() + "/" + key.name(), secrets.getFirst(), fresh);
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(
                keys,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft =
                Files.createTempFile(
                        keys,
                        "key",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String manifest(String namespace, String name, GeneratedKey key) {
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
          revision: "1"
        """
                .formatted(name, namespace, key.text(), key.sha256());
    }
}
