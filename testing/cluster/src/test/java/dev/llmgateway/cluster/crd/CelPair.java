package dev.llmgateway.cluster.crd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One CEL rule by example: a file `cel/PLURAL/NAME.yaml` whose first line is `# MESSAGE`, with a
/// valid and an invalid object; for a rule about changes, the object they change stands before
/// them.
record CelPair(
        String plural,
        String file,
        String message,
        Optional<String> before,
        String valid,
        String invalid) {
    private static final Path FOLDER = Path.of("src/test/resources/cel");

    static List<CelPair> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().map(CelPair::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rule's identity: `PLURAL: MESSAGE`.
    String rule() {
        return plural + ": " + message;
    }

    @Override
    public String toString() {
        return plural + "/" + file;
    }

    private static CelPair read(Path file) {
        try {
            String text = Files.readString(file);
            String message = text.lines().findFirst().orElseThrow().substring("# ".length());
            List<String> documents = List.of(text.split("(?m)^---$"));
            return new CelPair(
                    FOLDER.relativize(file).getName(0).toString(),
                    file.getFileName().toString(),
                    message,
                    documents.size() == 3 ? Optional.of(documents.getFirst()) : Optional.empty(),
                    documents.get(documents.size() - 2),
                    documents.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
