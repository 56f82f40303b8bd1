package dev.llmgateway.runtime.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The key that ids of stored responses are sealed with, made once and kept in
/// `.llm-gateway/id-key` (0600), so that all processes of a folder have the same.
final class IdKey {
    private static final int BYTES = 32;

    private final Path folder;
    private final Path file;
    private final RandomGenerator random;

    /// @param manifests the folder of manifests
    IdKey(Path manifests, RandomGenerator random) {
        this.folder = manifests.resolve(".llm-gateway");
        this.file = folder.resolve("id-key");
        this.random = random;
    }

    /// Hexadecimal digits; made now if there are none.
    ///
    /// @throws IOException when it can neither be read nor written
    String text() throws IOException {
        if (!Files.exists(file)) {
            create();
        }
        String text = Files.readString(file, UTF_8).strip();
        if (text.length() < 2 * BYTES) {
            throw new IOException(file + " is too short for a key; remove it to have it made anew");
        }
        return text;
    }

    /// A link to a file that is whole: of processes that start at once one wins, and no one reads
    /// half a key.
    private void create() throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft =
                Files.createTempFile(
                        folder,
                        "id-key",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            Files.writeString(draft, HexFormat.of().formatHex(key) + "\n", UTF_8);
            link(draft);
        } finally {
            Files.delete(draft);
        }
    }

    private void link(Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            // Another process was first: its key is the one.
        }
    }
}
