package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.upstream.FaultUpstream;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/// Many clients at once against an upstream that misbehaves in every known way, while some clients
/// leave inside their request or reply: nobody ever sees a byte of somebody else's, no good request
/// pays for a bad one, and nothing is held in the end (reliability-security.md R11, R12).
class FaultSoakIT {
    private static final int CLIENTS = 48;
    private static final int LOOPS = 2;

    @Test
    @Timeout(120)
    void aHundredThousandRequestsKeepToTheirOwn(TestReporter reporter) throws Exception {
        soak(100_000, reporter);
    }

    @Test
    @Tag("full")
    @Timeout(1_200)
    void aMillionRequestsKeepToTheirOwn(TestReporter reporter) throws Exception {
        soak(1_000_000, reporter);
    }

    private static void soak(int requests, TestReporter reporter) throws Exception {
        long seed = Long.getLong("soak.seed", System.nanoTime());
        String replay =
                "mvn -o test -pl testing/fixtures,crds,gateway-runtime -Dtests.required=false"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest=FaultSoakIT -Dsoak.seed="
                        + seed;
        reporter.publishEntry("replay", replay);
        SoakUpstream scripts = new SoakUpstream();
        FaultUpstream upstream = FaultUpstream.start(scripts, Optional.empty()).forgetful();
        SoakLedger ledger = new SoakLedger(scripts);
        // Paranoid records every touch of every buffer; a leak shows in a sample of so many too.
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.ADVANCED);
        try (EdgeFixture edge = EdgeFixture.before(upstream, HttpLimits.DEFAULT, LOOPS)) {
            edge.timeouts(new CallTimeouts(5_000, 2_000, 1_000, 1_000, 20_000));
            run(edge, requests / CLIENTS, new SplittableRandom(seed), ledger);
            edge.awaitQuiet();

            ledger.check(requests / CLIENTS * CLIENTS, edge.failures(), replay);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
        Leaks.assertNoneAfterCollection();
    }

    private static void run(
            EdgeFixture edge, int requests, SplittableRandom random, SoakLedger ledger)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(new SoakClient(edge, requests, random.split(), ledger)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            assertThat(clients).allMatch(Future::isDone);
        }
    }
}
