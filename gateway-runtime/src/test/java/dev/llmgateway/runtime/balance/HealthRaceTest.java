package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.ArrayList;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Several loops at one pool at once.
class HealthRaceTest {
    private static final int LOOPS = 4;
    private static final int REQUESTS = 15_000;
    private static final int ROUNDS = 5_000;
    private static final CapacityPlan LIMITED = new CapacityPlan(10_000_000, 0, 0);

    private final Pool pool = new Pool(1, plan("a"), plan("b"), plan("c"));
    private final AtomicLong clock = new AtomicLong(Pool.START);
    private final Map<Candidate, AtomicInteger> probes = new ConcurrentHashMap<>();
    private final AtomicInteger met = new AtomicInteger();

    @Test
    void oneAccountAlwaysServesAndOneProbeAtMostIsOutHoweverTheLoopsInterleave() throws Exception {
        onLoops(
                LOOPS,
                seed -> {
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
    void ofTwoLoopsOneGetsTheProbeAndTheOtherGivesItsRoomBack() throws Exception {
        Candidate one = pool.candidates.getFirst();
        Ask ask = new Ask(Pool.START, Session.NONE, pool.candidates);
        Cause cause = new Cause(FailureClass.Upstream, 500, false, Pool.START, "");
        Health due = new Health.Ejected(cause, Pool.START, 1, 5, Pool.START);
        AtomicInteger probing = new AtomicInteger();
        List<Integer> probesOfRounds = new ArrayList<>();
        onLoops(
                2,
                loop -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        if (loop == 0) {
                            state(one).update(_ -> new Standing(due, Map.of()));
                        }
                        meet();
                        Lease lease = pool.selector.choose(List.of(one), _ -> false, ask);
                        if (lease != null) {
                            probing.incrementAndGet();
                        }
                        meet();
                        if (lease != null) {
                            lease.finished();
                        }
                        if (loop == 0) {
                            probesOfRounds.add(probing.getAndSet(0));
                        }
                        meet();
                    }
                });

        assertThat(probesOfRounds).hasSize(ROUNDS).containsOnly(1);
        CapacityPlan full = new CapacityPlan(ROUNDS, 0, 0);
        CapacityPlan free = new CapacityPlan(ROUNDS + 1, 0, 0);
        assertThat(state(one).hasRoom(full, Pool.START)).as("one for each round").isFalse();
        assertThat(state(one).hasRoom(free, Pool.START)).as("and not one more").isTrue();
        assertThat(state(one).inFlight()).isZero();
    }

    @Test
    void whoLosesTheRaceForAProbeGivesItsRoomBack() {
        Candidate one = pool.candidates.getFirst();
        Cause cause = new Cause(FailureClass.Upstream, 500, false, Pool.START, "");
        Health.Out due = new Health.Ejected(cause, Pool.START, 1, 5, Pool.START);
        state(one).update(_ -> new Standing(due, Map.of()));
        Strategy overtaken =
                (_, open) -> {
                    boolean chosen = open.test(one);
                    state(one).update(_ -> new Standing(due.probed(99), Map.of()));
                    return chosen ? one : null;
                };
        Selector selector = pool.selector((_, _) -> overtaken);

        Ask ask = new Ask(Pool.START, Session.NONE, pool.candidates);
        Lease lease = selector.choose(List.of(one), _ -> false, ask);

        assertThat(lease).isNull();
        assertThat(state(one).inFlight()).isZero();
        assertThat(state(one).hasRoom(new CapacityPlan(1, 0, 0), Pool.START)).isTrue();
    }

    @Test
    void twoLoopsNeverEjectTheLastTwoTogether() throws Exception {
        List<Candidate> two = pool.candidates.subList(0, 2);
        Ask ask = new Ask(Pool.START, Session.NONE, two);
        List<Long> usableOfRounds = new ArrayList<>();
        onLoops(
                2,
                loop -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        Candidate own = two.get(loop);
                        state(own).update(_ -> new Standing(new Health.Serving(4), Map.of()));
                        Lease lease = pool.selector.choose(List.of(own), _ -> false, ask);
                        meet();
                        Objects.requireNonNull(lease)
                                .failed(Evidence.of(FailureClass.Upstream, 500, Pool.START));
                        meet();
                        lease.finished();
                        if (loop == 0) {
                            usableOfRounds.add(two.stream().filter(c -> usable(c)).count());
                        }
                        meet();
                    }
                });

        assertThat(usableOfRounds).hasSize(ROUNDS).allMatch(usable -> usable >= 1);
    }

    @Test
    void whileAnotherLoopDecidesAnEjectionAFailureIsOnlyCounted() {
        Candidate one = pool.candidates.getFirst();
        state(one).update(_ -> new Standing(new Health.Serving(4), Map.of()));
        Evidence evidence = Evidence.of(FailureClass.Transport, 0, Pool.START);

        assertThat(pool.states.claimEjection()).isTrue();
        fail(one, evidence);
        assertThat(state(one).standing().account()).isEqualTo(new Health.Serving(5));

        pool.states.releaseEjection();
        fail(one, evidence);
        assertThat(state(one).standing().account()).isInstanceOf(Health.Ejected.class);
        assertThat(pool.states.claimEjection()).as("released").isTrue();
    }

    private void fail(Candidate candidate, Evidence evidence) {
        Lease lease = lease(List.of(candidate), Pool.START);
        lease.failed(evidence);
        lease.finished();
    }

    private boolean usable(Candidate candidate) {
        return state(candidate).standing().usable(candidate.model());
    }

    /// Both of two loops go on from here at the same moment.
    private void meet() {
        int turn = met.incrementAndGet();
        for (int spins = 0; met.get() < turn + turn % 2; spins++) {
            if (spins < 2_000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000);
            }
        }
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
        void run(int loop);
    }

    private static void onLoops(int count, Work work) throws Exception {
        try (ExecutorService loops = Executors.newFixedThreadPool(count)) {
            List<Callable<Void>> all =
                    IntStream.range(0, count)
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
