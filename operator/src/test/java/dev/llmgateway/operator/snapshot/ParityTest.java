package dev.llmgateway.operator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same YAML gives the same plan in a folder and as objects of an API server. That a bundle
/// gives its plan back is shown in crds.
class ParityTest {
    private static final Path CASES = Repository.root().resolve("crds/src/test/resources/cases");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /// What cannot be in an API server: two objects of one name, a file that is no YAML, a Secret
    /// that is no base64.
    private static final Set<String> ONLY_IN_A_FOLDER =
            Set.of("declared-twice", "syntax-error", "secret-data-base64");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !ONLY_IN_A_FOLDER.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void objectsOfAnApiServerGiveTheFoldersPlans(String name) throws IOException {
        List<String> texts = texts(CASES.resolve(name).resolve("in"));
        ManifestSet folder = folder(texts);
        GivenObjects given = GivenObjects.of(texts, folder);

        Judgement judgement = Judge.judge(given.objects(), given.unreleased(), NOW);

        assertThat(plans(judgement))
                .isEqualTo(Compiler.compile(folder, NOW, CompileOptions.FOLDER).plans());
    }

    @Test
    void mostCasesHaveAPlan() throws IOException {
        int plans = 0;
        for (String name : cases()) {
            ManifestSet folder = folder(texts(CASES.resolve(name).resolve("in")));
            plans += Compiler.compile(folder, NOW, CompileOptions.FOLDER).plans().size();
        }

        assertThat(plans).isGreaterThan(50);
    }

    private static Map<ObjectRef, GatewayPlan> plans(Judgement judgement) {
        Map<ObjectRef, GatewayPlan> plans = new TreeMap<>();
        judgement
                .gateways()
                .forEach((ref, verdict) -> {
                    GatewayPlan plan = verdict.plan();
                    if (plan != null) {
                        plans.put(ref, plan);
                    }
                });
        return plans;
    }

    private static ManifestSet folder(List<String> texts) {
        ManifestSet set = ManifestSet.EMPTY;
        for (int i = 0; i < texts.size(); i++) {
            set = set.merge(ManifestReader.read(i + ".yaml", texts.get(i)).manifests());
        }
        return set;
    }

    private static List<String> texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(ParityTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
