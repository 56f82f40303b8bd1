package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.load.SteadyLoad;
import dev.llmgateway.fixtures.process.GatewayProcess;
import dev.llmgateway.fixtures.process.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits in the folder of a running gateway.
class ReloadIT {
    /// Half a second is promised; a busy machine gets four times that.
    private static final Duration TAKES_EFFECT = Duration.ofSeconds(2);

    private static final int EDITS = 200;
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(100);

    @Test
    void tenEditsASecondUnderLoadFailNoRequest(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder);
                SteadyLoad requests = Loads.ofShortRequests(gateway.data(), 5, 50);
                SteadyLoad streams = Loads.ofStreams(gateway.data(), 4)) {

            for (int edit = 1; edit <= EDITS; edit++) {
                manifests.write("account.yaml", accountOfWeight(edit));
                LockSupport.parkNanos(BETWEEN_EDITS.toNanos());
            }

            assertThat(requests.failuresAtEnd()).isEmpty();
            assertThat(streams.failuresAtEnd()).isEmpty();
            assertThat(requests.done()).isGreaterThan(EDITS);
            assertThat(streams.done()).isPositive();
            // The last edit has won, and the ones between were not all passed over.
            Poll.untilTrue(
                    TAKES_EFFECT,
                    () ->
                            Api.get(
                                            gateway.admin(),
                                            "/explain?key=default/test&model=simulated-echo")
                                    .body(),
                    () ->
                            Api.get(
                                            gateway.admin(),
                                            "/explain?key=default/test&model=simulated-echo")
                                    .body()
                                    .matches("(?s).*\"weight\"\\s*:\\s*" + EDITS + "\\b.*"));
            String revision = Api.plan(gateway.admin()).path("revision").asText();
            assertThat(Integer.parseInt(revision.substring("r-".length())))
                    .isGreaterThan(EDITS / 10);
        }
    }

    @Test
    void aSyntaxErrorKeepsTheFilesLastGoodDocumentsAndIsNamed(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            String good = manifests.read("account.yaml");

            manifests.write("account.yaml", good + "  broken: [unclosed\n");

            awaitProblem(gateway, "account.yaml:");
            assertThat(gateway.stderr()).contains("account.yaml:");
            assertThat(Api.status(gateway.data(), Manifests.KEY)).isEqualTo(200);

            manifests.write("account.yaml", good);

            awaitNoProblem(gateway);
        }
    }

    @Test
    void anInvalidObjectIsLeftOutAndNamedWhileAllOthersApply(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            manifests.write(
                    "more.yaml",
                    Manifests.object("UpstreamAccount", "wrong", "provider: Simulated\nwieght: 7")
                            + "---\n"
                            + Manifests.object(
                                    "UpstreamAccount", "right", "provider: Simulated\nweight: 7"));

            awaitProblem(gateway, "more.yaml:1:spec.wieght");
            Poll.untilTrue(
                    TAKES_EFFECT,
                    () -> Api.plan(gateway.admin()).toPrettyString(),
                    () -> Api.plan(gateway.admin()).path("accounts").asInt() == 2);
            assertThat(Api.status(gateway.data(), Manifests.KEY)).isEqualTo(200);
        }
    }

    @Test
    void theObjectsOfAVanishedFileGo(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        manifests.write(
                "second.yaml",
                Manifests.object("UpstreamAccount", "second", "provider: Simulated"));
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            assertThat(Api.plan(gateway.admin()).path("accounts").asInt()).isEqualTo(2);

            manifests.delete("second.yaml");

            Poll.untilTrue(
                    TAKES_EFFECT,
                    () -> Api.plan(gateway.admin()).toPrettyString(),
                    () -> Api.plan(gateway.admin()).path("accounts").asInt() == 1);
        }
    }

    @Test
    void whenTheLastKeyVanishesTheLastPlanStaysAndIsNamed(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            String key = manifests.read("key.yaml");

            manifests.delete("key.yaml");

            awaitProblem(gateway, "last plan stays");
            assertThat(Api.status(gateway.data(), Manifests.KEY)).isEqualTo(200);

            manifests.write("key.yaml", key);

            awaitNoProblem(gateway);
        }
    }

    @Test
    void aSuspendedKeyIsRefusedAndARestoredOneServed(@TempDir Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        try (GatewayProcess gateway = GatewayProcess.ready(folder)) {
            String key = manifests.read("key.yaml");

            manifests.write("key.yaml", key + "  suspended: true\n");
            awaitStatus(gateway, 401);

            manifests.write("key.yaml", key);
            awaitStatus(gateway, 200);
        }
    }

    private static String accountOfWeight(int weight) {
        return Manifests.object(
                "UpstreamAccount", "simulated", "provider: Simulated\nweight: " + weight);
    }

    private static void awaitStatus(GatewayProcess gateway, int status) {
        Poll.untilTrue(
                TAKES_EFFECT,
                () -> "status " + status + ", now " + Api.status(gateway.data(), Manifests.KEY),
                () -> Api.status(gateway.data(), Manifests.KEY) == status);
    }

    private static void awaitProblem(GatewayProcess gateway, String text) {
        Poll.untilTrue(
                TAKES_EFFECT,
                () -> text + " in the problems:\n" + Api.problems(gateway.admin()),
                () -> Api.problems(gateway.admin()).contains(text));
    }

    private static void awaitNoProblem(GatewayProcess gateway) {
        Poll.untilTrue(
                TAKES_EFFECT,
                () -> "no problem, but there is:\n" + Api.problems(gateway.admin()),
                () -> Api.problems(gateway.admin()).isEmpty());
    }
}
