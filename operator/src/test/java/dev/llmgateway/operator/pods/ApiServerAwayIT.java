package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.Frozen;
import dev.llmgateway.cluster.PodProcess;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// O8 of operator.md in short: the API server accepts connections and answers nobody.
class ApiServerAwayIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration AWAY = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double RESTART_MILLIS = 10_000;
    private static final double CONVERGED_MILLIS = 60_000;

    private static SharedGateway shared;
    private static Tenant tenant;

    @BeforeAll
    static void share() {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
    }

    @Test
    void gatewaysServeOneThatRestartsServesFromItsMountAndAllConvergesAfter() {
        List<Pod> pods = tenant.awaitPods(SharedGateway.PODS);
        List<URI> addresses = Tenant.addresses(pods);
        PodProcess restarted = OperatorPods.process(pods.getFirst());
        long frozen = System.nanoTime();
        try (Frozen away = NODE.freezeApiServer()) {
            tenant.everywhere(addresses.subList(1, SharedGateway.PODS), SharedGateway.KEY, 200);

            restarted.kill();
            Poll.untilTrue(PATIENCE, () -> "it ends", () -> !restarted.process().isAlive());
            double served = tenant.everywhere(addresses.subList(0, 1), SharedGateway.KEY, 200);

            Figures.note(
                    "O8",
                    "a killed pod serves from its mount, API server away",
                    served,
                    "ms",
                    Promise.atMost(RESTART_MILLIS));
            assertThat(served).isLessThan(5 * RESTART_MILLIS);
            LockSupport.parkNanos(AWAY.toNanos() - (System.nanoTime() - frozen));
            tenant.everywhere(addresses, SharedGateway.KEY, 200);
            assertThat(away).isNotNull();
        }

        long back = System.nanoTime();
        Poll.untilTrue(
                PATIENCE,
                () -> "the API server answers",
                () -> NODE.kubectl().tried("", "get", "--raw=/readyz").exit() == 0);
        tenant.apply(tenant.key("after-the-outage", ""));
        tenant.everywhere(addresses, "after-the-outage", 200);
        double converged = (System.nanoTime() - back) / 1e6;

        Figures.note(
                "O8",
                "all converges after the API server's return",
                converged,
                "ms",
                Promise.atMost(CONVERGED_MILLIS));
        assertThat(converged).isLessThan(2 * CONVERGED_MILLIS);
    }
}
