package dev.llmgateway.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.golden.GoldenFolder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A GatewayConfig in, its objects out, as files a person reads.
class GatewayObjectsTest {
    private final GoldenFolder golden = GoldenFolder.of(Gateways.FOLDER);

    @Test
    void aGatewaysObjectsAreThoseOfTheGoldenFiles() {
        for (String name : Gateways.names()) {
            GatewayObjects objects = GatewayObjects.of(Gateways.facts(name, "team"));

            golden.check("out-" + name + ".yaml", text(objects));
        }

        assertThat(golden.unused(".yaml")).noneMatch(file -> file.startsWith("out-"));
    }

    private static String text(GatewayObjects objects) {
        String problems =
                objects.problems().stream()
                        .map(problem -> "# problem: " + problem + "\n")
                        .collect(Collectors.joining());
        String unwanted =
                objects.unwanted().stream()
                        .map(object ->
                                "# unwanted: %s %s\n"
                                        .formatted(
                                                object.getKind(), object.getMetadata().getName()))
                        .collect(Collectors.joining());
        return problems
                + unwanted
                + objects.wanted().stream()
                        .map(GatewayObjectsTest::yaml)
                        .collect(Collectors.joining("---\n"));
    }

    private static String yaml(HasMetadata object) {
        return Gateways.YAML.asYaml(object).replaceFirst("^---\n", "");
    }
}
