package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.runtime.balance.Health.CoolingDown;
import dev.llmgateway.runtime.balance.Health.Ejected;
import dev.llmgateway.runtime.balance.Health.Parked;
import dev.llmgateway.runtime.balance.Health.Ramp;
import dev.llmgateway.runtime.balance.Health.Serving;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What has gone wrong elsewhere (issue 6, Named regressions), seen through leases.
class HealthRegressionTest {
    private static final long WEEK = 7L * 24 * 3_600_000;

    private final Pool pool = Pool.of("a", "b", "c", "d");

    @Test
    void aBurst429WithoutAWindowIsNeverReadAsASevenDayOne() {
        List<Said> words =
                List.of(
                        new Said.Nothing(),
                        new Said.RetryAfter(WEEK),
                        new Said.ResetAt(pool.now + WEEK));
        for (Said said : words) {
            Pool fresh = Pool.of("a", "b");

            fresh.fails("a", fresh.failure(FailureClass.Capacity, 429).saying(said));

            assertThat(fresh.health("a")).isInstanceOf(CoolingDown.class);
            fresh.now += 300_000;
            fresh.answers("a");
            assertThat(fresh.health("a")).as("%s", said).isInstanceOf(Ramp.class);
        }
    }

    @Test
    void aRejectedWindowIsParkedUntilItOpensAndNotTriedBefore() {
        Said said = new Said.WindowRejected(pool.now + WEEK);
        pool.fails("a", pool.failure(FailureClass.Capacity, 429).saying(said));

        pool.now += WEEK - 1;
        assertThat(pool.tryAt("a")).isNull();

        pool.now += 1;
        pool.answers("a");
        assertThat(pool.health("a")).isInstanceOf(Ramp.class);
    }

    @Test
    void a503ThatHealsIn17SecondsNeverBenches600() {
        long healed = pool.now + 17_000;
        long end = pool.now + 60_000;
        while (pool.now < end && !(pool.now > healed && pool.health("a") instanceof Serving)) {
            Lease lease = pool.tryAt("a");
            if (lease != null && pool.now < healed) {
                lease.failed(pool.failure(FailureClass.Capacity, 503));
                lease.finished();
            } else if (lease != null) {
                pool.answers(lease);
            }
            pool.now += 100;
        }

        assertThat(pool.health("a")).isEqualTo(new Serving(0));
    }

    @Test
    void aDeterministic500ForOneRequestEjectsNobodyAmongHealthyTraffic() {
        for (int i = 0; i < 3_000; i++) {
            if (i % 10 == 0) {
                poison(3);
            } else {
                pool.answers(Objects.requireNonNull(pool.any()));
            }
            pool.now += 5;
            for (Candidate candidate : pool.candidates) {
                assertThat(pool.health(candidate.account().ref().name()))
                        .isInstanceOf(Serving.class);
            }
        }
    }

    @Test
    void aDeterministic500AloneOnTheLineNeverOpensEveryBreaker() {
        for (int i = 0; i < 500; i++) {
            poison(3);
            pool.now += 5;

            assertThat(pool.candidates)
                    .anyMatch(c -> pool.states.of(c.account().uid()).standing().usable(Pool.MODEL));
        }
    }

    @Test
    void onePoisonousRequestCostsOneFaultHoweverManyAccountsItMeets() {
        poison(4);

        long faults =
                pool.candidates.stream()
                        .map(c -> pool.health(c.account().ref().name()))
                        .mapToLong(health -> health instanceof Serving s ? s.faults() : 100)
                        .sum();
        assertThat(faults).isEqualTo(1);
    }

    @Test
    void a429OnTwoAccountsIsEachOnesOwn() {
        Lease first = pool.at("a");
        Evidence busy = pool.failure(FailureClass.Capacity, 429);
        first.failed(busy);

        first.forgive(busy);

        assertThat(pool.health("a")).isInstanceOf(CoolingDown.class);
    }

    @Test
    void aRefusedCredentialIsForgivenWhenTheNextAccountRefusesTheSameRequestToo() {
        Lease first = pool.at("a");
        Evidence refused = pool.failure(FailureClass.Credential, 401);
        first.failed(refused);
        assertThat(pool.health("a")).isInstanceOf(Parked.class);

        first.forgive(refused);

        assertThat(pool.health("a")).isEqualTo(new Serving(0));
    }

    @Test
    void countTokensResultsNeverTouchHealth() {
        pool.put("a", new Serving(2));
        Ask ask = new Ask(pool.now, Session.NONE, pool.candidates, true);
        for (FailureClass failure : FailureClass.values()) {
            for (int i = 0; i < 10; i++) {
                Lease lease = neutral(ask);
                lease.failed(pool.failure(failure, 500));
                lease.finished();
            }
        }
        Lease answered = neutral(ask);
        answered.committed(pool.now);
        answered.succeeded();
        answered.finished();

        assertThat(pool.health("a")).isEqualTo(new Serving(2));
        assertThat(pool.state("a").latency().average()).isNaN();
        assertThat(pool.state("a").inFlight()).isZero();
    }

    @Test
    void countTokensIsNeverAProbe() {
        pool.fails("a", pool.failure(FailureClass.Capacity, 429));
        pool.now += 400_000;
        Ask ask = new Ask(pool.now, Session.NONE, pool.candidates, true);
        List<Candidate> a = List.of(pool.candidate("a"));

        assertThat(pool.selector.choose(a, _ -> false, ask)).isNull();
        assertThat(pool.selector.lastResort(a, _ -> false, ask)).isNull();
    }

    @Test
    void aClients400NeverHurtsAnAccount() {
        pool.put("a", new Serving(4));
        for (int status : List.of(400, 404, 409, 413, 422, 415, 451, 499)) {
            pool.fails("a", pool.failure(FailureClass.Request, status));
        }

        assertThat(pool.health("a")).isEqualTo(new Serving(4));
        assertThat(pool.state("a").view().lastFailure()).isEmpty();
    }

    @Test
    void aClients400AsAProbeLetsTheNextRequestTry() {
        pool.fails("a", pool.failure(FailureClass.Capacity, 429));
        Health out = pool.health("a");
        pool.now += 300_000;

        pool.fails("a", pool.failure(FailureClass.Request, 400));

        assertThat(pool.health("a")).isEqualTo(out);
        pool.answers("a");
        assertThat(pool.health("a")).isInstanceOf(Ramp.class);
    }

    @Test
    void aCallersOwnCredentialAndQuotaAreNotTheAccounts() {
        CredentialPlan own = new CredentialPlan.Passthrough();
        Pool one = new Pool(1, Plans.account("p").credential(own).plan());

        one.fails("p", one.failure(FailureClass.Credential, 401));
        one.fails("p", one.failure(FailureClass.Capacity, 429).ofASpentAccount());
        assertThat(one.health("p")).isEqualTo(new Serving(0));

        one.fails("p", one.failure(FailureClass.Upstream, 500));
        assertThat(one.health("p")).isEqualTo(new Serving(1));
    }

    @Test
    void whatASimulatedAccountPlaysNeverTouchesHealth() {
        Pool one = new Pool(1, Plans.account("s").provider(Provider.Simulated).plan());

        one.fails("s", one.failure(FailureClass.Capacity, 429));

        assertThat(one.health("s")).isEqualTo(new Serving(0));
    }

    @Test
    void aParkedAccountTriesAgainEveryFiveMinutesAndAtOnceWithANewCredential() {
        pool.state("a").credential("v1", false);
        pool.fails("a", pool.failure(FailureClass.Credential, 401));
        pool.now += 299_999;
        assertThat(pool.tryAt("a")).isNull();
        pool.now += 1;
        pool.fails("a", pool.failure(FailureClass.Credential, 401));
        pool.now += 299_999;
        assertThat(pool.tryAt("a")).isNull();

        pool.state("a").credential("v1", false);
        assertThat(pool.tryAt("a")).as("the same credential").isNull();
        pool.state("a").credential("v2", false);

        assertThat(pool.health("a")).isEqualTo(new Serving(0));
    }

    /// A refresh is no new customer: what was used up stays used up.
    @Test
    void aRenewedTokenIsForgivenWhatItsPredecessorWasRefusedAndNothingElse() {
        pool.state("a").credential("t1", true);
        pool.state("b").credential("t1", true);
        pool.fails("a", pool.failure(FailureClass.Credential, 401));
        pool.fails("b", pool.failure(FailureClass.Capacity, 429).ofASpentAccount());

        pool.state("a").credential("t2", true);
        pool.state("b").credential("t2", true);

        assertThat(pool.health("a")).isEqualTo(new Serving(0));
        assertThat(pool.health("b")).isInstanceOf(Parked.class);
    }

    @Test
    void theLastOneIsKeptForFaultsNotItsOwnAndGoesForItsOwn() {
        for (String name : List.of("b", "c", "d")) {
            pool.fails(name, pool.failure(FailureClass.Credential, 401));
        }
        for (int i = 0; i < 20; i++) {
            pool.fails("a", pool.failure(FailureClass.Transport, 0));
        }
        assertThat(pool.health("a")).isEqualTo(new Serving(20));

        pool.fails("a", pool.failure(FailureClass.Capacity, 529));
        assertThat(pool.health("a")).isInstanceOf(CoolingDown.class);
    }

    @Test
    void aPoolOfTheEjectedIsTriedOnceInTwoSecondsEach() {
        for (Candidate candidate : pool.candidates) {
            Cause cause = Cause.of(pool.failure(FailureClass.Upstream, 500));
            pool.put(
                    candidate.account().ref().name(),
                    new Ejected(cause, pool.now + 30_000, 9, 5, pool.now));
        }
        assertThat(pool.any()).isNull();
        assertThat(pool.selector.earliestReturn(pool.candidates, pool.now)).isEqualTo(2_000);

        for (int round = 0; round < 5; round++) {
            pool.now += 2_000;
            assertThat(tryAll()).as("round %d", round).isEqualTo(4);
            pool.now += 1_999;
            assertThat(tryAll()).as("too early").isZero();
            pool.now += 1;
            tryAll();
        }
    }

    @Test
    void oneSuccessOfALonelyProbeBringsEverythingBack() {
        Pool one = Pool.of("a");
        Cause cause = Cause.of(one.failure(FailureClass.Upstream, 500));
        one.put("a", new Ejected(cause, one.now + 30_000, 9, 5, one.now));
        one.now += 2_000;

        one.answers("a");

        assertThat(one.health("a")).isEqualTo(new Serving(0));
    }

    /// Fails everywhere in the same way, as a request that crashes the provider does.
    private void poison(int attempts) {
        List<Lease> asked = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            Lease lease = pool.any(c -> asked.stream().anyMatch(l -> l.candidate().equals(c)));
            if (lease == null) {
                break;
            }
            Evidence evidence = pool.failure(FailureClass.Upstream, 500);
            lease.failed(evidence);
            if (!asked.isEmpty()) {
                asked.getLast().forgive(evidence);
            }
            asked.add(lease);
            lease.finished();
        }
    }

    private int tryAll() {
        int asked = 0;
        Lease lease = pool.any();
        while (lease != null) {
            asked++;
            assertThat(lease.probe()).isTrue();
            lease.finished();
            lease = pool.any();
        }
        return asked;
    }

    private Lease neutral(Ask ask) {
        List<Candidate> a = List.of(pool.candidate("a"));
        return Objects.requireNonNull(pool.selector.choose(a, _ -> false, ask));
    }
}
