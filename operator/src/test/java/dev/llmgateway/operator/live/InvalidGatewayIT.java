package dev.llmgateway.operator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.plan.PlanBundle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A gateway whose spec became invalid serves what it served; what is revoked meanwhile is revoked.
class InvalidGatewayIT {
    @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

    private static final Story STORY = new Story(CLUSTER);
    private static @Nullable RunningOperator operator;

    @BeforeAll
    static void start() {
        run();
        STORY.gateway("main", "");
        for (String account : List.of("stays", "removed", "withdrawn", "suspended")) {
            STORY.releasedSecret(account, "sk-" + account);
            STORY.account(account, "main");
        }
        int number = 1;
        for (String key : List.of("open", "deleted", "suspended")) {
            STORY.key(key, "main", Story.hash(number++));
        }
        STORY.key("generated", "main", "source: {generate: {secretName: generated}}");
        STORY.key(
                "two",
                "main",
                "source: {hashes: ['sha256:%064x', 'sha256:%064x']}".formatted(7, 8));
        STORY.until(
                "main",
                "everything is published",
                bundle -> Bundle.keys(bundle).size() == 5 && Bundle.accounts(bundle).size() == 4);
    }

    private static void run() {
        operator = RunningOperator.start(CLUSTER, new Pods(), CLUSTER.namespace());
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void whatIsRevokedMeanwhileIsRevoked() {
        STORY.gateway("main", "modelCatalog: {configMapRef: {name: nowhere}}");
        STORY.condition("gatewayconfig/main", "ResolvedRefs", "False SecretNotFound");
        Objects.requireNonNull(operator).close();
        run(); // the last plan is in no memory any more

        STORY.kubectl("delete gatewaykey/deleted upstreamaccount/removed");
        STORY.kubectl("patch gatewaykey/suspended --type=merge -p {\"spec\":{\"suspended\":true}}");
        STORY.kubectl(
                "patch upstreamaccount/suspended --type=merge -p {\"spec\":{\"suspended\":true}}");
        STORY.kubectl("label secret withdrawn llm-gateway.dev/credentials-");
        STORY.key("two", "main", Story.hash(8));

        PlanBundle left =
                STORY.until(
                        "main",
                        "what was revoked is gone",
                        bundle ->
                                Bundle.keys(bundle).equals(List.of("generated", "open", "two"))
                                        && Bundle.accounts(bundle).equals(List.of("stays"))
                                        && hashes(bundle, "two") == 1);
        assertThat(left.credentials().values()).hasSize(2).contains("sk-stays");

        STORY.releasedSecret("stays", "sk-renewed");
        STORY.until(
                "main",
                "a renewed credential is published",
                bundle -> bundle.credentials().containsValue("sk-renewed"));

        STORY.kubectl("delete secret/generated");
        STORY.until(
                "main",
                "a generated key whose Secret is gone",
                bundle -> !Bundle.keys(bundle).contains("generated"));

        STORY.gateway("main", "");
        STORY.until(
                "main",
                "valid again, the suspended ones known as such, the key generated anew",
                bundle ->
                        Bundle.keys(bundle)
                                .equals(List.of("generated", "open", "suspended", "two")));
    }

    private static int hashes(PlanBundle bundle, String key) {
        return bundle.plan().keys().stream()
                .filter(found -> found.ref().name().equals(key))
                .mapToInt(found -> found.hashes().size())
                .sum();
    }
}
