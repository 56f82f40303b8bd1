package dev.llmgateway.crds.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.Cluster;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanCodec;
import dev.llmgateway.crds.plan.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A pod serves what a folder of the same manifests serves.
class BundleParityTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    static List<String> cases() throws IOException {
        return GoldenCasesTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCasesBundleGivesTheFoldersPlan(String name) throws IOException {
        ManifestSet manifests = manifests(CASES.resolve(name).resolve("in"));
        Map<CredentialRef, String> credentials = credentials(manifests);

        for (GatewayPlan plan : plans(manifests)) {
            Cluster cluster = new Cluster();
            BundleStep step =
                    PlanBundle.next(
                            cluster.live(),
                            Revision.NONE,
                            new BundleInput(plan, credentials, Map.of(), Set.of(), 1, 0));
            cluster.write(step);

            assertThat(step.leftOut()).isEmpty();
            assertThat(cluster.read().plan()).isEqualTo(plan);
            assertThat(cluster.read().credentials()).isEqualTo(credentials);
            assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
        }
    }

    @Test
    void mostCasesHaveAPlan() throws IOException {
        int plans = 0;
        for (String name : cases()) {
            plans += plans(manifests(CASES.resolve(name).resolve("in"))).size();
        }

        assertThat(plans).isGreaterThan(50);
    }

    private static List<GatewayPlan> plans(ManifestSet manifests) {
        return List.copyOf(
                Compiler.compile(manifests, NOW, CompileOptions.FOLDER).plans().values());
    }

    private static ManifestSet manifests(Path folder) throws IOException {
        ManifestSet set = ManifestSet.EMPTY;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                set =
                        set.merge(
                                ManifestReader.read(file.getFileName().toString(), text)
                                        .manifests());
            }
        }
        return set;
    }

    private static Map<CredentialRef, String> credentials(ManifestSet manifests) {
        Map<CredentialRef, String> values = new HashMap<>();
        for (SecretDocument secret : manifests.secrets()) {
            secret.values()
                    .forEach((key, value) ->
                            values.putIfAbsent(
                                    new CredentialRef(secret.namespace(), secret.name(), key),
                                    value));
        }
        return values;
    }
}
