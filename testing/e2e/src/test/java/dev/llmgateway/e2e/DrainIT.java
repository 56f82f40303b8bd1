package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.Balancer;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Poll;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One of two gateways is stopped while clients are busy, as a rolling update does.
class DrainIT {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void stoppingOneOfTwoGatewaysFailsNobody(@TempDir Path folder) {
        Manifests.simulated(folder);
        try (GatewayProcess stays = GatewayProcess.ready(folder);
                GatewayProcess goes = GatewayProcess.ready(folder, "--drain-delay", "1s");
                Balancer balancer = Balancer.before(stays, goes);
                SteadyLoad requests = Loads.ofShortRequests(balancer.address(), 10, 50);
                SteadyLoad streams = Loads.ofStreams(balancer.address(), 6)) {
            Poll.untilTrue(
                    SOON,
                    () -> "busy clients",
                    () -> requests.done() >= 50 && streams.begun() >= 6);

            goes.terminate();
            int exit = goes.exit(GRACE);

            int served = requests.done();
            Poll.untilTrue(SOON, () -> "service goes on", () -> requests.done() > served + 50);
            assertThat(requests.failuresAtEnd()).isEmpty();
            assertThat(streams.failuresAtEnd()).isEmpty();
            assertThat(streams.done()).isGreaterThanOrEqualTo(6);
            assertThat(exit).isZero();
        }
    }

    @Test
    void anIdleGatewayStopsAtOnceWithSuccess(@TempDir Path folder) {
        Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            gateway.terminate();

            assertThat(gateway.exit(Duration.ofSeconds(10))).isZero();
        }
    }
}
