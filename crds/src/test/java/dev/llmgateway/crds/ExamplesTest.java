package dev.llmgateway.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The examples say nothing that a user would be told is wrong.
class ExamplesTest {
    /// They need what stands outside their manifests: a namespace of kubectl's, a certificate.
    private static final List<String> INCOMPLETE = List.of("cluster-quickstart", "tls");

    @TestFactory
    Stream<DynamicTest> everyExampleIsValid() throws IOException {
        try (Stream<Path> folders = Files.list(Repository.root().resolve("examples"))) {
            List<Path> examples =
                    folders.filter(Files::isDirectory)
                            .filter(folder -> !INCOMPLETE.contains(folder.getFileName().toString()))
                            .sorted()
                            .toList();
            assertThat(examples).hasSizeGreaterThan(6);
            return examples.stream()
                    .map(folder ->
                            DynamicTest.dynamicTest(
                                    folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        String manifests;
        try (Stream<Path> files = Files.list(folder)) {
            manifests =
                    files.filter(file -> file.toString().endsWith(".yaml"))
                            .sorted()
                            .map(ExamplesTest::text)
                            .collect(Collectors.joining("\n---\n"));
        }
        var read = ManifestReader.read(folder.getFileName().toString(), manifests);
        var compilation = Compiler.compile(read.manifests(), Instant.now(), CompileOptions.FOLDER);

        assertThat(read.problems()).isEmpty();
        assertThat(read.manifests().gateways()).isNotEmpty();
        assertThat(compilation.diagnostics())
                .filteredOn(diagnostic -> !isGenerated(diagnostic))
                .isEmpty();
    }

    /// Generated keys are made when a gateway runs.
    private static boolean isGenerated(Diagnostic diagnostic) {
        return diagnostic.path().equals("spec.source.generate.secretName");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
