package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.Frozen;
import dev.llmgateway.cluster.PodProcess;
import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.GatewayKeyStatus;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// O6 and O7 of operator.md with real processes: leaders that die, or sleep, in the middle of
/// writing. There is never more than one, nothing is lost and nobody's revocation comes back.
class CrashIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KEYS = 30;

    private static SharedGateway shared;
    private static Tenant tenant;

    @BeforeAll
    static void share() {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
    }

    @Test
    void aLeaderThatIsKilledWhileItWritesLosesNothing() {
        killWhileWriting("once");
    }

    @RepeatedTest(9)
    @Tag("full")
    void leadersThatAreKilledAgainAndAgainLoseNothing(RepetitionInfo repetition) {
        killWhileWriting("again-" + repetition.getCurrentRepetition());
    }

    private static void killWhileWriting(String prefix) {
        List<URI> pods = shared.addresses();
        PodProcess leader = OperatorPods.process(pod(shared.operator().leader()));
        String generated = prefix + "-generated";
        try (Watch watch = Watch.of(shared.operator(), tenant.http())) {
            tenant.apply(
                    Tenant.object(
                            "GatewayKey",
                            generated,
                            "gatewayRef: {name: main}, source: {generate: {secretName: %s}}"
                                    .formatted(generated)));
            for (int i = 0; i < KEYS; i++) {
                tenant.create(tenant.key(prefix + "-" + i, ""));
                if (i == KEYS / 2) {
                    leader.kill();
                }
            }
            IntStream.range(0, KEYS).forEach(i -> tenant.everywhere(pods, prefix + "-" + i, 200));
            tenant.awaitCondition("gatewaykey/" + generated, "Programmed", "True");
            watch.sawAtMostOneLeader();
        }
        assertThat(status(generated).hashes()).hasSize(1);
    }

    @Test
    void aLeaderThatSleepsPastItsLeaseBringsNoRevokedKeyBack() {
        List<URI> pods = shared.addresses();
        tenant.apply(tenant.key("sleeper", ""));
        tenant.everywhere(pods, "sleeper", 200);
        String holder = shared.operator().holder().orElseThrow();
        PodProcess leader = OperatorPods.process(pod(shared.operator().leader()));

        try (Frozen asleep = leader.freeze()) {
            tenant.patchKey("sleeper", "{\"spec\":{\"suspended\":true}}");
            tenant.everywhere(pods, "sleeper", 401);
            assertThat(asleep).isNotNull();
        }

        assertThat(shared.operator().holder()).isNotEqualTo(Optional.of(holder));
        Poll.untilTrue(PATIENCE, () -> "the former leader ends", () -> !leader.process().isAlive());
        tenant.create(tenant.key("after-sleep", ""));
        tenant.everywhere(pods, "after-sleep", 200);
        tenant.everywhere(pods, "sleeper", 401);
    }

    private static GatewayKeyStatus status(String key) {
        return NODE.client()
                .resources(GatewayKey.class)
                .inNamespace(tenant.namespace())
                .withName(key)
                .get()
                .getStatus();
    }

    private static Pod pod(String name) {
        return shared.operator().pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Asks all operators again and again whether they lead.
    private record Watch(AtomicBoolean running, CompletableFuture<Integer> most)
            implements AutoCloseable {
        static Watch of(OperatorPods operator, PodHttp http) {
            AtomicBoolean running = new AtomicBoolean(true);
            return new Watch(
                    running,
                    CompletableFuture.supplyAsync(() -> {
                        int most = 0;
                        while (running.get()) {
                            most = Math.max(most, operator.leading(http).size());
                        }
                        return most;
                    }));
        }

        void sawAtMostOneLeader() {
            running.set(false);
            assertThat(most.join()).isEqualTo(1);
        }

        @Override
        public void close() {
            running.set(false);
        }
    }
}
