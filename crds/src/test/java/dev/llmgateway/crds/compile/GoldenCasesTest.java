package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.PlanCodec;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case below `cases/`: manifests in, plans and diagnostics out. `-Dgolden.update` rewrites
/// what is expected.
class GoldenCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final GoldenFolder GOLDEN = GoldenFolder.of(CASES);
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void manifestsBecomeTheExpectedPlansAndDiagnostics(String name) throws IOException {
        List<String> problems = new ArrayList<>();
        ManifestSet set = read(CASES.resolve(name).resolve("in"), problems);

        Compilation compilation = Compiler.compile(set, NOW, CompileOptions.FOLDER);

        compilation
                .diagnostics()
                .forEach(found ->
                        problems.add(found.severity() + " " + found.reason() + " " + found));
        GOLDEN.check(name + "/diagnostics.txt", String.join("\n", problems) + "\n");
        StringBuilder plans = new StringBuilder();
        for (GatewayPlan plan : compilation.plans().values()) {
            String encoded = JSON.readTree(PlanCodec.encode(withoutCatalog(plan))).toPrettyString();
            plans.append(encoded).append('\n');
            assertThat(encoded).doesNotContain("canary");
        }
        GOLDEN.check(name + "/plan.json", plans.toString());
        assertThat(problems.toString()).doesNotContain("canary");
        assertThat(set.toString()).doesNotContain("canary");
    }

    @AfterAll
    static void noExpectationIsForgotten() {
        assertThat(GOLDEN.unused(".json")).isEmpty();
        assertThat(GOLDEN.unused(".txt")).isEmpty();
    }

    /// The built-in catalogue is the same in every case and has tests of its own.
    private static GatewayPlan withoutCatalog(GatewayPlan plan) {
        return new GatewayPlan(
                plan.gateway(),
                plan.settings(),
                plan.accounts(),
                plan.keys(),
                plan.routes(),
                List.of());
    }

    private static ManifestSet read(Path folder, List<String> problems) throws IOException {
        ManifestSet all = ManifestSet.EMPTY;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                ReadResult read =
                        ManifestReader.read(file.getFileName().toString(), Files.readString(file));
                read.problems().forEach(problem -> problems.add("Error " + problem));
                all = all.merge(read.manifests());
            }
        }
        return all;
    }
}
