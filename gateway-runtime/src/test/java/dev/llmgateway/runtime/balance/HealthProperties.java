package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.balance.Health.CoolingDown;
import dev.llmgateway.runtime.balance.Health.Ejected;
import dev.llmgateway.runtime.balance.Health.Out;
import dev.llmgateway.runtime.balance.Health.Serving;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/// Whatever happens in whatever order: what health promises (issue 6; R9, R10).
class HealthProperties {
    private static final long MONTH = 32L * 24 * 3_600_000;

    /// Something that happens.
    sealed interface Step {
        record Wait(long millis) implements Step {}

        record Ask() implements Step {}

        /// To one of the requests under way.
        record End(int which, Ending ending) implements Step {}
    }

    /// How a request ends.
    sealed interface Ending {
        record Answered() implements Ending {}

        record Left() implements Ending {}

        record Failed(FailureClass failure, int status, Said said, boolean spent)
                implements Ending {}
    }

    @Property(tries = 1_000)
    void healthKeepsItsPromises(
            @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll long seed,
            @ForAll("steps") List<Step> steps) {
        Story story = new Story(size, seed);

        steps.forEach(story::happens);

        story.everythingComesBack();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> waits =
                Arbitraries.of(1L, 300L, 2_000L, 5_000L, 30_000L, 300_000L).map(Step.Wait::new);
        Arbitrary<Step> ends =
                Combinators.combine(Arbitraries.integers().between(0, 99), endings())
                        .as(Step.End::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(2, waits),
                        Tuple.of(4, Arbitraries.just(new Step.Ask())),
                        Tuple.of(4, ends))
                .list()
                .ofMaxSize(150);
    }

    private static Arbitrary<Ending> endings() {
        Arbitrary<Said> said =
                Arbitraries.of(
                        new Said.Nothing(),
                        new Said.RetryAfter(0),
                        new Said.RetryAfter(1_500),
                        new Said.RetryAfter(10_000_000),
                        new Said.ResetAt(Pool.START + 100_000),
                        new Said.WindowRejected(Pool.START + 9_000_000));
        Arbitrary<Ending> failed =
                Combinators.combine(
                                Arbitraries.of(FailureClass.class),
                                Arbitraries.of(0, 400, 401, 403, 429, 500, 503),
                                said,
                                Arbitraries.of(false, false, true))
                        .as(Ending.Failed::new);
        return Arbitraries.frequencyOf(
                Tuple.of(3, failed),
                Tuple.of(2, Arbitraries.just(new Ending.Answered())),
                Tuple.of(1, Arbitraries.just(new Ending.Left())));
    }

    /// A pool with requests under way, watched at every step.
    private static final class Story {
        private final Pool pool;
        private final List<Lease> open = new ArrayList<>();

        Story(int size, long seed) {
            AccountPlan[] accounts =
                    List.of("a", "b", "c", "d").subList(0, size).stream()
                            .map(name -> Plans.account(name).plan())
                            .toArray(AccountPlan[]::new);
            this.pool = new Pool(seed, accounts);
        }

        void happens(Step step) {
            switch (step) {
                case Step.Wait(long millis) -> pool.now += millis;
                case Step.Ask() -> ask();
                case Step.End(int which, Ending ending) -> {
                    if (!open.isEmpty()) {
                        end(open.remove(which % open.size()), ending);
                    }
                }
            }
            assertThat(pool.candidates)
                    .allSatisfy(c -> assertThat(probes(c)).isLessThanOrEqualTo(1));
            assertThat(pool.candidates.stream().mapToInt(c -> state(c).inFlight()).sum())
                    .isEqualTo(open.size());
        }

        private void ask() {
            List<Standing> before = pool.candidates.stream().map(c -> state(c).standing()).toList();
            Lease lease = pool.any();
            if (lease == null) {
                return;
            }
            open.add(lease);
            Health met = before.get(pool.candidates.indexOf(lease.candidate())).account();
            if (met instanceof Out out) {
                assertThat(lease.probe()).isTrue();
                boolean lastResort =
                        out instanceof Ejected e && pool.now - e.triedMillis() >= 2_000;
                assertThat(pool.now >= out.untilMillis() || lastResort).as("%s", out).isTrue();
            }
        }

        private void end(Lease lease, Ending ending) {
            Standing before = state(lease.candidate()).standing();
            switch (ending) {
                case Ending.Answered() -> {
                    lease.committed(pool.now);
                    lease.succeeded();
                }
                case Ending.Left() -> {}
                case Ending.Failed(var failure, int status, Said said, boolean spent) ->
                        fail(lease, before, evidence(failure, status, said, spent));
            }
            lease.finished();
        }

        private Evidence evidence(FailureClass failure, int status, Said said, boolean spent) {
            Evidence evidence = Evidence.of(failure, status, pool.now).saying(said);
            return spent ? evidence.ofASpentAccount() : evidence;
        }

        private void fail(Lease lease, Standing before, Evidence evidence) {
            lease.failed(evidence);

            Standing after = state(lease.candidate()).standing();
            if (evidence.failure() == FailureClass.Request) {
                assertThat(after).isEqualTo(before);
            }
            if (evidence.countsToEjection() && before.usable("m") && !after.usable("m")) {
                assertThat(pool.candidates)
                        .as("never the last one")
                        .anyMatch(c -> state(c).standing().usable("m"));
            }
            if (after.account() instanceof CoolingDown down && !after.equals(before)) {
                withinJitterAndCap(down, before.account(), evidence);
            }
        }

        private void withinJitterAndCap(CoolingDown down, Health before, Evidence evidence) {
            if (!down.cause().equals(Cause.of(evidence))) {
                return;
            }
            long wait = down.untilMillis() - pool.now;
            assertThat(wait).isLessThanOrEqualTo(300_000);
            long stated =
                    switch (evidence.said()) {
                        case Said.Nothing() -> 0;
                        case Said.RetryAfter(long millis) -> millis;
                        case Said.ResetAt(long at) -> Math.max(0, at - pool.now);
                        case Said.WindowRejected _ -> throw new AssertionError("must park");
                    };
            if (stated > 0) {
                assertThat(wait)
                        .isBetween(Math.min(stated, 300_000), Math.min(stated * 6 / 5, 300_000));
            } else if (!(evidence.said() instanceof Said.RetryAfter) && before instanceof Serving) {
                assertThat(wait).isBetween(4_000L, 6_000L);
            }
        }

        /// After enough time and successes.
        void everythingComesBack() {
            open.forEach(Lease::finished);
            open.clear();
            pool.now += MONTH;
            for (Candidate candidate : pool.candidates) {
                for (int i = 0; i < 10; i++) {
                    pool.answers(pool.at(candidate.account().ref().name()));
                }
                assertThat(state(candidate).standing()).isEqualTo(Standing.SERVING);
                assertThat(state(candidate).inFlight()).isZero();
            }
        }

        /// Under way at the account; in this story no verdict comes before the end.
        private long probes(Candidate candidate) {
            return open.stream()
                    .filter(lease -> lease.candidate().equals(candidate))
                    .filter(Lease::probe)
                    .count();
        }

        private AccountState state(Candidate candidate) {
            return pool.states.of(candidate.account().uid());
        }
    }
}
