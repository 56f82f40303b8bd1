package dev.llmgateway.runtime.dialect.fuzz;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The inputs that are kept for a target: what it is made for, and what once broke it.
record Corpus(FuzzTarget target) {
    private static final Path ROOT =
            Repository.root().resolve("gateway-runtime/src/test/resources/fuzz");

    Path folder() {
        return ROOT.resolve(target.folder());
    }

    /// In the order of their names.
    List<Path> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<byte[]> inputs() {
        return files().stream().map(Corpus::read).toList();
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
