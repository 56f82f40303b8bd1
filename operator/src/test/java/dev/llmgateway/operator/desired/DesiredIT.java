package dev.llmgateway.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real API server takes the objects as they are, unknown fields refused.
class DesiredIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    @Test
    void everyObjectIsAcceptedAndAppliedTwiceStaysAsItIs() {
        for (String name : Gateways.names()) {
            List<HasMetadata> objects = objects(Gateways.facts(name, CLUSTER.namespace()));

            String first = apply(objects);
            assertThat(first.lines()).as(name).hasSameSizeAs(objects);
            String versions = versions(objects);
            apply(objects);

            assertThat(versions).contains("Deployment ");
            assertThat(versions(objects)).as(name).isEqualTo(versions);
        }
    }

    private static List<HasMetadata> objects(GatewayFacts facts) {
        AdminTokens tokens = AdminTokens.of(Optional.empty(), new Random(7), Instant.EPOCH);
        List<HasMetadata> objects = new ArrayList<>(GatewayObjects.of(facts).wanted());
        objects.add(AdminSecret.of(facts, tokens));
        // Without their owner, who is not there: the garbage collector would take them away.
        objects.forEach(object -> object.getMetadata().setOwnerReferences(List.of()));
        return objects;
    }

    private static String apply(List<HasMetadata> objects) {
        return kubectl(
                objects,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--validate=strict",
                "-f",
                "-");
    }

    /// Generations, where there are some: controllers write status meanwhile.
    private static String versions(List<HasMetadata> objects) {
        return kubectl(
                objects,
                "get",
                "-f",
                "-",
                "-o=jsonpath={range .items[*]}{.kind} {.metadata.generation}{\"\\n\"}{end}");
    }

    private static String kubectl(List<HasMetadata> objects, String... command) {
        String text = objects.stream().map(Gateways.YAML::asYaml).collect(Collectors.joining());
        return CLUSTER.kubectl().runWith(text, command);
    }
}
