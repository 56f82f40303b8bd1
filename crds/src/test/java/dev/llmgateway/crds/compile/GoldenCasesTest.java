package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.catalog.ModelCatalog;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.PlanCodec;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule by example: `cases/NAME/in/*.yaml` compiled as a folder gives `plan.json` and
/// `diagnostics.txt`. `-Dgolden.update` rewrites both; a human reads the diff.
class GoldenCasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCaseGivesItsPlanAndItsDiagnostics(String name) {
        GoldenFolder golden = GoldenFolder.of(CASES.resolve(name));

        Outcome outcome = compile(CASES.resolve(name).resolve("in"));

        golden.check("plan.json", plans(outcome.compilation()));
        golden.check("diagnostics.txt", diagnostics(outcome));
        assertThat(golden.unused(".json")).isEmpty();
        assertThat(golden.unused(".txt")).isEmpty();
    }

    /// Of an object that is declared twice the first one stays, so there the order does count.
    static List<String> casesWithoutDuplicates() throws IOException {
        return cases().stream().filter(name -> !name.equals("declared-twice")).toList();
    }

    @ParameterizedTest
    @MethodSource("casesWithoutDuplicates")
    void theOrderOfFilesChangesNothingInThePlan(String name) {
        Path folder = CASES.resolve(name).resolve("in");
        List<ReadResult> results = results(folder);

        Compilation forward = compile(results);
        Compilation backward = compile(results.reversed());

        assertThat(plans(backward)).isEqualTo(plans(forward));
    }

    @Test
    void thereAreCasesForAllRules() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(55);
    }

    private record Outcome(List<ReadProblem> problems, Compilation compilation) {}

    private static Outcome compile(Path folder) {
        List<ReadResult> results = results(folder);
        List<ReadProblem> problems = new ArrayList<>();
        results.forEach(result -> problems.addAll(result.problems()));
        return new Outcome(problems, compile(results));
    }

    private static Compilation compile(List<ReadResult> results) {
        ManifestSet set = ManifestSet.EMPTY;
        for (ReadResult result : results) {
            set = set.merge(result.manifests());
        }
        return Compiler.compile(set, NOW, CompileOptions.FOLDER);
    }

    private static List<ReadResult> results(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file -> ManifestReader.read(file.getFileName().toString(), text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An array of all gateways' plans. The built-in catalogue is one line here: ModelCatalogTest
    /// reads it.
    private static String plans(Compilation compilation) {
        ArrayNode plans = JSON.createArrayNode();
        compilation.plans().values().forEach(plan -> plans.add(json(plan)));
        return plans.toPrettyString() + "\n";
    }

    private static JsonNode json(GatewayPlan plan) {
        int builtIn = ModelCatalog.builtIn().size();
        int own = plan.catalog().size() - builtIn;
        assertThat(plan.catalog().subList(own, plan.catalog().size()))
                .isEqualTo(ModelCatalog.builtIn());
        try {
            JsonNode json = JSON.readTree(PlanCodec.encode(plan));
            ArrayNode catalog = ((ObjectNode) json.path("plan")).withArray("catalog");
            for (int i = 0; i < builtIn; i++) {
                catalog.remove(own);
            }
            catalog.add("the built-in entries");
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String diagnostics(Outcome outcome) {
        Stream<String> read = outcome.problems().stream().map(problem -> "read: " + problem);
        Stream<String> compiled =
                outcome.compilation().diagnostics().stream()
                        .map(remark ->
                                remark.severity()
                                        + " "
                                        + remark.reason()
                                        + " "
                                        + remark.kind()
                                        + " "
                                        + remark.object()
                                        + " "
                                        + remark);
        return Stream.concat(read, compiled).map(line -> line + "\n").collect(Collectors.joining());
    }
}
