package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.GatewayProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
    /// The promise of spec/features.md; about a second is usual.
    private static final Duration PROMISE = Duration.ofSeconds(3);

    /// What else the machine does can only make a launch slower, so the best of a few is what the
    /// program needs.
    private static final int LAUNCHES = 3;

    @Test
    void theFirstRequestIsServedSoonAfterTheLaunch(@TempDir Path folder, TestReporter reporter) {
        Manifests.simulated(folder);
        Duration best = Duration.ofDays(1);

        for (int i = 0; i < LAUNCHES; i++) {
            Duration taken = untilTheFirstAnswer(folder);
            reporter.publishEntry("first 200 after launch, ms", Long.toString(taken.toMillis()));
            best = taken.compareTo(best) < 0 ? taken : best;
        }

        assertThat(best).isLessThan(PROMISE);
    }

    private static Duration untilTheFirstAnswer(Path folder) {
        try (GatewayProcess gateway = GatewayProcess.launch(folder)) {
            HttpResponse<String> first =
                    Api.post(
                            gateway.data(),
                            "/v1/chat/completions",
                            "authorization",
                            "Bearer " + Manifests.KEY,
                            Api.question("simulated-echo", "first", false));
            Duration taken = gateway.age();
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(first.body()).contains("first");
            return taken;
        }
    }
}
