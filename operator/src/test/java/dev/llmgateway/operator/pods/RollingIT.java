package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.fixtures.load.Question;
import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Operator and gateways are rolled, and objects change, under load in the node's network: no
/// request fails.
class RollingIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);
    private static final int CHANGES = 50;

    private static SharedGateway shared;
    private static Tenant tenant;

    @BeforeAll
    static void share() {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
    }

    @Test
    void tenChangesASecondFailNoRequest() {
        tenant.create(tenant.key("changing", ""));
        Load load = Load.start();

        for (int i = 1; i <= CHANGES; i++) {
            tenant.patchKey(
                    "changing", "{\"spec\":{\"limits\":{\"requestsPerMinute\":" + i + "}}}");
            LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
        }

        load.failedNothing();
        tenant.awaitCondition("gatewaykey/changing", "Programmed", "True");
    }

    @Test
    void aRolledOperatorFailsNoRequestAndGoesOnWorking() {
        Load load = Load.start();
        String leader = shared.operator().leader();
        NODE.client().pods().inNamespace(tenant.namespace()).withName(leader).delete();
        tenant.create(tenant.key("after-the-leader", ""));
        tenant.everywhere(shared.addresses(), "after-the-leader", 200);

        tenant.kubectl("rollout restart deployment/" + OperatorPods.NAME);
        tenant.kubectl("rollout status deployment/" + OperatorPods.NAME + " --timeout=90s");
        tenant.create(tenant.key("after-the-roll", ""));
        tenant.everywhere(shared.addresses(), "after-the-roll", 200);

        load.failedNothing();
        assertThat(shared.operator().leader()).isNotEqualTo(leader);
    }

    @Test
    void gatewaysThatAreRolledFailNoRequest() {
        Set<String> before = names(shared.addresses());
        Load load = Load.start();

        NODE.client()
                .resources(GatewayConfig.class)
                .inNamespace(tenant.namespace())
                .withName("main")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"deployment\":{\"podTemplate\":{\"annotations\":{\"rolled\":\"%s\"}}}}}"
                                .formatted(System.nanoTime()));
        Poll.untilTrue(
                PATIENCE,
                () -> "all pods are new: " + tenant.kubectl("get pods"),
                () -> rolled(before));

        load.failedNothing();
        tenant.awaitCondition("gatewayconfig/main", "Programmed", "True");
    }

    private static boolean rolled(Set<String> before) {
        List<Pod> all =
                NODE.client()
                        .pods()
                        .inNamespace(tenant.namespace())
                        .withLabel("llm-gateway.dev/gateway", "main")
                        .list()
                        .getItems();
        return all.size() == SharedGateway.PODS
                && all.stream().noneMatch(pod -> before.contains(pod.getStatus().getPodIP()));
    }

    private static Set<String> names(List<URI> addresses) {
        return addresses.stream().map(URI::getHost).collect(Collectors.toSet());
    }

    /// Short requests and streams at once.
    private record Load(SteadyLoad requests, SteadyLoad streams) {
        private static final int RATE = 40;

        static Load start() {
            String key = Tenant.secret(SharedGateway.KEY);
            Load load =
                    new Load(
                            SteadyLoad.paced(tenant.connect(), Question.ofShortReply(key), 8, RATE),
                            SteadyLoad.unpaced(tenant.connect(), Question.ofStream(key), 8));
            Poll.untilTrue(
                    PATIENCE,
                    () -> "the load runs",
                    () -> load.requests().done() > RATE / 2 && load.streams().done() > 0);
            return load;
        }

        void failedNothing() {
            int done = requests.done() + streams.done();
            assertThat(
                            Stream.concat(
                                            requests.failuresAtEnd().stream(),
                                            streams.failuresAtEnd().stream())
                                    .toList())
                    .as("failures of " + done)
                    .isEmpty();
        }
    }
}
