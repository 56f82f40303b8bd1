package dev.llmgateway.runtime.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may use the admin port. Tokens are rotated under a running process, so they are read for
/// every request; while they cannot be read, or there are none, nobody is let in.
///
/// @param source a file with a token on each line, or the mount of a Secret with one under each
///   key; empty: nothing is asked for (standalone on 127.0.0.1)
public record AdminTokens(Optional<Path> source) {
    /// @param authorization the header's value
    boolean accept(@Nullable String authorization) {
        if (source.isEmpty()) {
            return true;
        }
        if (authorization == null) {
            return false;
        }
        byte[] given = authorization.getBytes(StandardCharsets.ISO_8859_1);
        boolean accepted = false;
        for (String token : tokens(source.get())) {
            byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.ISO_8859_1);
            accepted |= MessageDigest.isEqual(given, expected);
        }
        return accepted;
    }

    private static List<String> tokens(Path source) {
        try {
            List<String> tokens = new ArrayList<>();
            if (Files.isDirectory(source)) {
                // A kubelet keeps what the visible links point to behind names with two dots.
                try (DirectoryStream<Path> keys =
                        Files.newDirectoryStream(
                                source, key -> !key.getFileName().toString().startsWith(".."))) {
                    for (Path key : keys) {
                        tokens.addAll(lines(key));
                    }
                }
            } else {
                tokens.addAll(lines(source));
            }
            return tokens;
        } catch (IOException _) {
            return List.of();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
