package dev.llmgateway.cli.offline;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The texts that `-f` names: a folder, a file, or `-` for standard input.
public final class ManifestFiles {
    private ManifestFiles() {}

    /// Texts by file name, below a folder relative to it.
    public static Map<String, String> read(String named, boolean recursive, InputStream input) {
        Map<String, String> texts = new TreeMap<>();
        Path path = Path.of(named);
        try {
            if (named.equals("-")) {
                texts.put("-", new String(input.readAllBytes(), StandardCharsets.UTF_8));
            } else if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path, recursive ? Integer.MAX_VALUE : 1)) {
                    for (Path file : files.filter(ManifestFiles::isManifest).toList()) {
                        texts.put(path.relativize(file).toString(), Files.readString(file));
                    }
                }
            } else {
                texts.put(named, Files.readString(path));
            }
            return texts;
        } catch (IOException _) {
            throw new Failure(ExitCode.NOT_FOUND, "manifestsUnreadable", named);
        }
    }

    /// Hidden folders hold state, not manifests.
    private static boolean isManifest(Path file) {
        String name = file.toString();
        boolean hidden = name.contains("/.");
        return !hidden
                && Files.isRegularFile(file)
                && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
