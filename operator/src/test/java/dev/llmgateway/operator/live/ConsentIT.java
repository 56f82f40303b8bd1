package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.fixtures.process.Poll;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What others change about a key.
class ConsentIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Story STORY = new Story(CLUSTER);
    private static String tenant = "";
    private static @Nullable RunningOperator operator;

    @BeforeAll
    static void start() {
        tenant = CLUSTER.namespace() + "-tenant";
        CLUSTER.createNamespace(tenant, Map.of());
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace(), tenant);
    }

    @AfterAll
    static void stop() {
        CLUSTER.client().namespaces().withName(tenant).delete();
        Objects.requireNonNull(operator).close();
    }

    @Test
    void aNamespacesLabelAdmitsItsKeysAndItsLossRemovesThem() {
        STORY.gateway(
                "open",
                "allowedKeys: {namespaces: {from: Selector, selector: {matchLabels: {llm: 'true'}}}}");
        CLUSTER.kubectl()
                .runWith(
                        Story.object(
                                "GatewayKey",
                                "guest",
                                "gatewayRef: {name: open, namespace: %s}, %s"
                                        .formatted(CLUSTER.namespace(), Story.hash(1))),
                        "apply",
                        "-n",
                        tenant,
                        "-f",
                        "-");
        String key = "gatewaykey/guest -n " + tenant;
        STORY.until("open", "published", bundle -> bundle.plan().keys().isEmpty());
        assertThat(condition(key)).startsWith("False NotPermitted");

        STORY.kubectl("label namespace " + tenant + " llm=true");
        STORY.until("open", "admitted", bundle -> Bundle.keys(bundle).equals(List.of("guest")));

        STORY.kubectl("label namespace " + tenant + " llm-");
        STORY.until("open", "refused again", bundle -> bundle.plan().keys().isEmpty());
    }

    @Test
    void aMovedReferenceLeavesTheFormerGateway() {
        STORY.gateway("one", "");
        STORY.gateway("two", "");
        STORY.key("mover", "one", Story.hash(2));
        STORY.until("one", "here", bundle -> Bundle.keys(bundle).contains("mover"));

        STORY.key("mover", "two", Story.hash(2));

        STORY.until("two", "there", bundle -> Bundle.keys(bundle).contains("mover"));
        STORY.until("one", "no longer here", bundle -> bundle.plan().keys().isEmpty());
    }

    @Test
    void theYoungerOfTwoEqualHashesTakesPartOnceTheOlderIsGone() {
        STORY.gateway("three", "");
        STORY.key("a-younger", "three", Story.hash(4)); // the name must not decide
        STORY.until("three", "first", bundle -> Bundle.keys(bundle).contains("a-younger"));
        STORY.kubectl("delete gatewaykey a-younger");
        STORY.key("z-older", "three", Story.hash(3));
        STORY.until("three", "older", bundle -> Bundle.keys(bundle).equals(List.of("z-older")));
        STORY.key("zz-younger", "three", Story.hash(3));
        String message = STORY.condition("gatewaykey/zz-younger", "Accepted", "False Conflict");
        assertThat(message).contains("an older key has the same hash").doesNotContain("z-older");

        STORY.kubectl("delete gatewaykey z-older");

        STORY.until(
                "three", "succeeds", bundle -> Bundle.keys(bundle).equals(List.of("zz-younger")));
        STORY.condition("gatewaykey/zz-younger", "Accepted", "True Accepted");
    }

    private static String condition(String object) {
        String[] parts = object.split(" ", -1);
        return Poll.until(
                Duration.ofSeconds(20),
                () -> object + " has no condition",
                () ->
                        Optional.of(
                                        CLUSTER.kubectl()
                                                .run(
                                                        "get",
                                                        parts[0],
                                                        parts[1],
                                                        parts[2],
                                                        "-o",
                                                        "jsonpath={range .status.conditions[?(@.type==\"Accepted\")]}{.status} {.reason}{end}"))
                                .filter(text -> !text.isEmpty()));
    }
}
