package dev.llmgateway.runtime.balance;

import static dev.llmgateway.runtime.fixture.Plans.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.Headroom;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A session stays where its cache is, as long as that is good for it.
class AffinityTest {
    private final Pool pool = Pool.of("a", "b", "c", "d");
    private final Session session = session(1);

    @Test
    void tenThousandSessionsKeepTheirAccountAcrossANewPlan() {
        List<String> before = IntStream.range(0, 10_000).mapToObj(i -> serve(session(i))).toList();
        assertThat(before).contains("a", "b", "c", "d");

        Selector next = pool.selector("Random");
        List<Candidate> candidates =
                Stream.of("d", "a", "c", "b", "e")
                        .map(name -> Pool.candidate(account(name).weight(7).plan()))
                        .toList();
        pool.now += 200_000;
        List<String> after =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> serve(next, candidates, session(i)))
                        .toList();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void sessionsSpreadOverTheAccounts() {
        List<String> served = IntStream.range(0, 4_000).mapToObj(i -> serve(session(i))).toList();

        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(served.stream().filter(name::equals).count()).isBetween(900L, 1_100L);
        }
    }

    @Test
    void eachUseBeginsTheTimeAnewAndAfterItTheSessionIsFree() {
        serve(session);
        String own = "d";
        pin(own);
        for (int i = 0; i < 5; i++) {
            pool.now += 299_999;
            assertThat(serve(session)).isEqualTo(own);
        }
        pool.now += 300_000;
        assertThat(pool.pins.account(session, pool.now, 300_000)).isNull();
    }

    @Test
    void aCoolingAccountLosesItsPin() {
        pin("a");
        pool.fails("a", pool.failure(FailureClass.Capacity, 529));

        String other = serve(session);
        pool.now += 1;

        assertThat(other).isNotEqualTo("a");
        assertThat(serve(session)).as("moved for good").isEqualTo(other);
    }

    @Test
    void aFullAccountLosesItsPin() {
        Pool two = new Pool(1, limited("a", new CapacityPlan(0, 0, 1)), account("b").plan());
        Lease first = at(two, "a", session);

        assertThat(serve(two.selector, two.candidates, two, session)).isEqualTo("b");
        first.finished();
    }

    @Test
    void anAccountOutOfItsMinutesRequestsOrTokensLosesItsPin() {
        Pool two = new Pool(1, limited("a", new CapacityPlan(2, 1_000, 0)), account("b").plan());
        Lease first = at(two, "a", session);
        first.used(1_000, two.now);
        first.finished();
        assertThat(serve(two.selector, two.candidates, two, session)).isEqualTo("b");
        assertThat(two.tryAt("a")).isNull();
        assertThat(two.selector.earliestReturn(two.candidates.subList(0, 1), two.now))
                .isBetween(1L, 120_000L);

        two.now += 120_000;
        at(two, "a", session).finished();
        at(two, "a", session).finished();
        assertThat(serve(two.selector, two.candidates, two, session)).isEqualTo("b");
    }

    @Test
    void anAccountWhoseHeadersSayNothingIsLeftLosesItsPinAndServesOnlyWhenAlone() {
        pin("a");
        Lease lease = pool.at("a");
        lease.headroom(new Headroom(0, pool.now + 30_000, "tokens", false), pool.now);
        lease.finished();

        assertThat(serve(session)).isNotEqualTo("a");
        assertThat(pool.tryAt("a")).as("nobody else").isNotNull();
        pool.now += 30_000;
        assertThat(pool.selector.choose(List.of(pool.candidate("a")), _ -> false, pool.ask()))
                .isNotNull();
    }

    @Test
    void aHeaderKeepsNobodyOutForLongerThanACoolDownCould() {
        Lease lease = pool.at("a");
        lease.headroom(new Headroom(0, pool.now + 604_800_000, "unified-7d", false), pool.now);
        lease.finished();

        pool.now += 300_000;

        assertThat(pool.selector.choose(List.of(pool.candidate("a")), _ -> false, pool.ask()))
                .isNotNull();
    }

    @Test
    void aSlowAccountLosesItsPin() {
        for (String name : List.of("b", "c", "d")) {
            answersAfter(name, 300);
        }
        answersAfter("a", 800);
        pin("a");
        assertThat(serve(session)).as("less than three times the others").isEqualTo("a");

        answersAfter("a", 1_000);
        pin("a");

        assertThat(serve(session)).isNotEqualTo("a");
    }

    @Test
    void aFastPoolHasNoSlowAccounts() {
        for (String name : List.of("b", "c", "d")) {
            answersAfter(name, 2);
        }
        answersAfter("a", 150);
        pin("a");

        assertThat(serve(session)).isEqualTo("a");
    }

    @Test
    void quotaHeadersAreReadOnceASecond() {
        Lease lease = pool.at("a");
        assertThat(lease.wantsHeadroom(pool.now)).isTrue();
        lease.headroom(Headroom.UNKNOWN, pool.now);

        assertThat(lease.wantsHeadroom(pool.now + 999)).isFalse();
        assertThat(lease.wantsHeadroom(pool.now + 1_000)).isTrue();
        lease.finished();
    }

    @Test
    void countTokensMovesNoPin() {
        pin("a");
        Ask ask = new Ask(pool.now, session, pool.candidates, true);
        List<Candidate> others = pool.candidates.subList(1, 4);
        Objects.requireNonNull(pool.selector.choose(others, _ -> false, ask)).finished();

        assertThat(serve(session)).isEqualTo("a");
    }

    @Test
    void theLongestUnusedSessionsAreForgottenFirstAndMemoryIsBounded() {
        Pins pins = new Pins(100);
        for (int i = 0; i < 10_000; i++) {
            pins.keep(session(i), "a", 0);
            pins.keep(session(0), "b", 0);
        }

        assertThat(pins.sessions()).isLessThanOrEqualTo(200);
        assertThat(pins.account(session(0), 0, 1)).isEqualTo("b");
        assertThat(pins.account(session(9_999), 0, 1)).isEqualTo("a");
        assertThat(pins.account(session(5_000), 0, 1)).isNull();
    }

    /// Latency settles where it is measured often.
    private void answersAfter(String name, long millis) {
        for (int i = 0; i < 50; i++) {
            Lease lease = pool.at(name);
            lease.committed(pool.now + millis);
            lease.succeeded();
            lease.finished();
        }
    }

    private void pin(String name) {
        at(pool, name, session).finished();
    }

    private static Lease at(Pool pool, String name, Session session) {
        Ask ask = pool.ask(session);
        List<Candidate> one = List.of(pool.candidate(name));
        return Objects.requireNonNull(pool.selector.choose(one, _ -> false, ask));
    }

    private String serve(Session session) {
        return serve(pool.selector, pool.candidates, session);
    }

    private String serve(Selector selector, List<Candidate> candidates, Session session) {
        return serve(selector, candidates, pool, session);
    }

    private static String serve(
            Selector selector, List<Candidate> candidates, Pool pool, Session session) {
        Ask ask = new Ask(pool.now, session, candidates);
        Lease lease = Objects.requireNonNull(selector.choose(candidates, _ -> false, ask));
        lease.finished();
        return Pool.name(lease);
    }

    private static Session session(int number) {
        return Session.of("key", "session-" + number);
    }

    private static AccountPlan limited(String name, CapacityPlan capacity) {
        return account(name).capacity(capacity).plan();
    }
}
