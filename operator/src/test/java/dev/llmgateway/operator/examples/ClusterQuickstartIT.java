package dev.llmgateway.operator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadResult;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// examples/cluster-quickstart, without its operator: a real API server takes every manifest, and
/// they compile to a gateway that serves.
class ClusterQuickstartIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Path EXAMPLE = Repository.root().resolve("examples/cluster-quickstart");
    private static final Pattern FILES = Pattern.compile("-f (\\S+)");

    /// As the operator writes it.
    private static final String GENERATED =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: demo-key, namespace: llm-gateway, labels: {llm-gateway.dev/credentials: "true"}}
            stringData: {api-key: demo-key-of-an-example, sha256: "%s"}
            """
                    .formatted("0123456789abcdef".repeat(4));

    @Test
    void theApiServerTakesEveryManifestOfTheReadme() throws IOException {
        List<Path> files = filesOfTheReadme();
        assertThat(files).hasSize(6);

        for (Path file : files) {
            // The namespace of the example is not there; the test's own stands for it.
            String text =
                    Files.readString(file)
                            .replaceAll("namespace: \"?llm-gateway\"?", "namespace: " + here());
            String said =
                    CLUSTER.kubectl()
                            .runWith(
                                    text,
                                    "apply",
                                    "--dry-run=server",
                                    "--validate=strict",
                                    "-n",
                                    here(),
                                    "-f",
                                    "-");
            assertThat(said).as(file.toString()).contains("created (server dry run)");
        }
    }

    @Test
    void theManifestsCompileToAGatewayThatServesTheDemoKey() throws IOException {
        ManifestSet set = ManifestReader.read("generated", GENERATED).manifests();
        for (String name : List.of("namespace", "gateway", "account", "key")) {
            ReadResult read =
                    ManifestReader.read(name, Files.readString(EXAMPLE.resolve(name + ".yaml")));
            assertThat(read.problems()).isEmpty();
            set = set.merge(read.manifests());
        }

        Compilation compilation =
                Compiler.compile(
                        set, Instant.parse("2026-11-26T00:00:00Z"), CompileOptions.CLUSTER);

        assertThat(compilation.diagnostics()).isEmpty();
        var plan = compilation.plans().get(new ObjectRef("llm-gateway", "main"));
        assertThat(plan).isNotNull();
        assertThat(plan.keys()).hasSize(1);
        assertThat(plan.accounts()).hasSize(1);
    }

    private static List<Path> filesOfTheReadme() throws IOException {
        Stream<String> named =
                FILES.matcher(Files.readString(EXAMPLE.resolve("README.md")))
                        .results()
                        .map(MatchResult::group)
                        .map(option -> option.substring("-f ".length()));
        return named.filter(name -> name.endsWith(".yaml"))
                .map(Repository.root()::resolve)
                .toList();
    }

    private static String here() {
        return CLUSTER.namespace();
    }
}
