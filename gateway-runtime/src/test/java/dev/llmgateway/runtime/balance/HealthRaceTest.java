package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Several loops at one pool at once.
class HealthRaceTest {
    private static final int LOOPS = 4;
    private static final int REQUESTS = 15_000;
    private static final CapacityPlan LIMITED = new CapacityPlan(10_000_000, 0, 0);

    private final Pool pool = new Pool(1, plan("a"), plan("b"), plan("c"));
    private final AtomicLong clock = new AtomicLong(Pool.START);
    private final Map<Candidate, AtomicInteger> probes = new ConcurrentHashMap<>();
    private final AtomicLong leases = new AtomicLong();

    @Test
    void oneAccountAlwaysServesAndOneProbeAtMostIsOutHoweverTheLoopsInterleave() throws Exception {
        onAllLoops(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < REQUESTS; i++) {
                request(random);
            }
        });

        assertThat(pool.candidates).allSatisfy(c -> assertThat(state(c).inFlight()).isZero());
        long now = clock.addAndGet(60_000);
        for (Candidate candidate : pool.candidates) {
            for (int i = 0; i < 10; i++) {
                Lease lease = lease(List.of(candidate), now);
                lease.succeeded();
                lease.finished();
            }
            assertThat(state(candidate).standing()).isEqualTo(Standing.SERVING);
        }
    }

    @Test
    void whatALoserOfARaceTookIsGivenBack() throws Exception {
        Candidate one = pool.candidates.getFirst();
        Ask ask = new Ask(Pool.START, Session.NONE, pool.candidates);
        onAllLoops(_ -> {
            for (int i = 0; i < REQUESTS; i++) {
                Cause cause = new Cause(FailureClass.Upstream, 500, false, Pool.START);
                Health due = new Health.Ejected(cause, Pool.START, 1, 5, Pool.START);
                state(one).update(_ -> new Standing(due, Map.of()));
                Lease lease = pool.selector.choose(List.of(one), _ -> false, ask);
                if (lease != null) {
                    leases.incrementAndGet();
                    lease.finished();
                }
            }
        });

        long limit = LIMITED.requestsPerMinute();
        CapacityPlan full = new CapacityPlan(leases.get(), 0, 0);
        CapacityPlan free = new CapacityPlan(leases.get() + 1, 0, 0);
        assertThat(leases.get()).isBetween(1L, limit);
        assertThat(state(one).hasRoom(full, Pool.START)).as("as many as leases").isFalse();
        assertThat(state(one).hasRoom(free, Pool.START)).as("not one more").isTrue();
        assertThat(state(one).inFlight()).isZero();
    }

    private void request(SplittableRandom random) {
        long now = clock.addAndGet(random.nextInt(4));
        Ask ask = new Ask(now, Session.NONE, pool.candidates);
        Lease lease = pool.selector.choose(pool.candidates, _ -> false, ask);
        if (lease == null) {
            lease = pool.selector.lastResort(pool.candidates, _ -> false, ask);
        }
        if (lease == null) {
            return;
        }
        AtomicInteger out = probes.computeIfAbsent(lease.candidate(), _ -> new AtomicInteger());
        if (lease.probe()) {
            assertThat(out.incrementAndGet()).as("probes at once").isEqualTo(1);
            Thread.yield();
            out.decrementAndGet();
        }
        switch (random.nextInt(4)) {
            case 0 -> lease.succeeded();
            case 1, 2 -> lease.failed(Evidence.of(FailureClass.Upstream, 500, now));
            default -> {}
        }
        lease.finished();
        someoneServes();
    }

    /// While this loop holds the claim nobody can go out, so that the look at one account after the
    /// other is sound.
    private void someoneServes() {
        if (pool.states.claimEjection()) {
            boolean any = pool.candidates.stream().anyMatch(c -> state(c).standing().usable("m"));
            pool.states.releaseEjection();
            assertThat(any).as("someone serves").isTrue();
        }
    }

    private Lease lease(List<Candidate> candidates, long now) {
        Ask ask = new Ask(now, Session.NONE, pool.candidates);
        return Objects.requireNonNull(pool.selector.lastResort(candidates, _ -> false, ask));
    }

    private AccountState state(Candidate candidate) {
        return pool.states.of(candidate.account().uid());
    }

    private static AccountPlan plan(String name) {
        return Plans.account(name).capacity(LIMITED).plan();
    }

    /// What one loop does.
    private interface Work {
        void run(int seed);
    }

    private static void onAllLoops(Work work) throws Exception {
        try (ExecutorService loops = Executors.newFixedThreadPool(LOOPS)) {
            List<Callable<Void>> all =
                    IntStream.range(0, LOOPS)
                            .<Callable<Void>>mapToObj(seed ->
                                    () -> {
                                        work.run(seed);
                                        return null;
                                    })
                            .toList();
            for (Future<Void> done : loops.invokeAll(all)) {
                done.get();
            }
        }
    }
}
