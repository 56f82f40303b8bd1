package dev.llmgateway.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.cluster.TestNode;
import dev.llmgateway.fixtures.load.Question;
import dev.llmgateway.fixtures.load.SteadyLoad;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// O1, O2 and O3 of operator.md as promised: 5,000 keys and 200 accounts, three real pods.
@Tag("full")
class ManyObjectsIT {
    @RegisterExtension static final TestNode NODE = new TestNode();

    private static final int KEYS = Integer.getInteger("pods.keys", 5_000);
    private static final int ACCOUNTS = Integer.getInteger("pods.accounts", 200);
    private static final int ROUNDS = Integer.getInteger("pods.rounds", 100);
    private static final int AT_ONCE = 8;
    private static final Duration LOADED =
            Duration.ofSeconds(Long.getLong("pods.loaded.seconds", 300));
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);

    private static SharedGateway shared;
    private static Tenant tenant;

    @BeforeAll
    static void fill() throws Exception {
        shared = SharedGateway.of(NODE);
        tenant = shared.tenant();
        tenant.kubectl(
                "patch gatewayconfig/main --type=merge -p {\"spec\":{\"allowedKeys\":{\"maxPerNamespace\":9000}}}");
        List<String> manifests = new ArrayList<>();
        IntStream.range(0, ACCOUNTS)
                .forEach(i ->
                        manifests.add(
                                Tenant.object(
                                        "UpstreamAccount",
                                        "many-" + i,
                                        "gatewayRef: {name: main}, provider: Simulated")));
        IntStream.range(0, KEYS).forEach(i -> manifests.add(tenant.key("many-" + i, "")));
        create(manifests);
        tenant.everywhere(shared.addresses(), "many-" + (KEYS - 1), 200);
    }

    private static void create(List<String> manifests)
            throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> made = new ArrayList<>();
            manifests.forEach(manifest -> made.add(pool.submit(() -> tenant.create(manifest))));
            for (Future<?> each : made) {
                each.get();
            }
        }
    }

    @Test
    void aNewKeyIsInForceAndARevokedOneIsNotOnEveryPod() {
        List<URI> pods = shared.addresses();
        List<Double> made = new ArrayList<>();
        List<Double> revoked = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String key = "one-more-" + i;
            made.add(
                    timed(
                            () -> tenant.create(tenant.key(key, "")),
                            () -> tenant.everywhere(pods, key, 200)));
            revoked.add(
                    timed(
                            () -> tenant.patchKey(key, "{\"spec\":{\"suspended\":true}}"),
                            () -> tenant.everywhere(pods, key, 401)));
        }
        new Millis("O1", "a new key among 5,000 is in force on 3 real pods", made).hold(300, 1000);
        new Millis("O2", "a suspended key among 5,000 is refused on 3 real pods", revoked)
                .hold(1000, 1000);
    }

    @Test
    void tenChangesASecondUnderLoadFailNoRequest() {
        String key = Tenant.secret(SharedGateway.KEY);
        try (SteadyLoad requests =
                        SteadyLoad.paced(tenant.connect(), Question.ofShortReply(key), 40, 200);
                SteadyLoad streams =
                        SteadyLoad.unpaced(tenant.connect(), Question.ofStream(key), 200)) {
            long end = System.nanoTime() + LOADED.toNanos();
            for (int i = 1; System.nanoTime() < end; i++) {
                tenant.patchKey(
                        "many-" + i % KEYS,
                        "{\"spec\":{\"limits\":{\"requestsPerMinute\":" + i + "}}}");
                LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
            }
            assertThat(requests.failuresAtEnd()).isEmpty();
            assertThat(streams.failuresAtEnd()).isEmpty();
        }
    }

    private static double timed(Runnable change, Runnable effect) {
        long start = System.nanoTime();
        change.run();
        effect.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
