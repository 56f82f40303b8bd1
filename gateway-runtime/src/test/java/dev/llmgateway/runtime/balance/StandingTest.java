package dev.llmgateway.runtime.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.balance.Health.CoolingDown;
import dev.llmgateway.runtime.balance.Health.Ejected;
import dev.llmgateway.runtime.balance.Health.Parked;
import dev.llmgateway.runtime.balance.Health.Parking;
import dev.llmgateway.runtime.balance.Health.Probing;
import dev.llmgateway.runtime.balance.Health.Ramp;
import dev.llmgateway.runtime.balance.Health.Serving;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.FailureClass;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every transition of health (architecture.md, Health in numbers), with the default figures and
/// without jitter.
class StandingTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long BEFORE = NOW - 1_000;

    private static final Penalties PENALTIES = new Penalties(Plans.account("a").plan().health(), 1);

    /// Began before anything happened.
    private static final Visit EARLY = new Visit("m", 0, false);

    private static final Visit PROBE = new Visit("m", 1, true);

    /// Began after the first probe.
    private static final Visit LATE = new Visit("m", 1, false);

    private static final Cause BUSY = new Cause(FailureClass.Capacity, 429, false, BEFORE, "");
    private static final Cause BROKEN = new Cause(FailureClass.Upstream, 500, false, BEFORE, "");
    private static final Cause REFUSED = new Cause(FailureClass.Credential, 401, false, BEFORE, "");

    private static final Serving SERVING = new Serving(0);
    private static final CoolingDown COOLING = new CoolingDown(BUSY, NOW + 4_000, 2);
    private static final Ejected EJECTED = new Ejected(BROKEN, NOW + 2_000, 2, 5, BEFORE);
    private static final Parked PARKED = new Parked(REFUSED, Parking.Credential, NOW + 299_000);
    private static final Parked SPENT = new Parked(BUSY, Parking.Quota, NOW + 59_000);

    record Row(
            String what,
            Health before,
            Visit visit,
            Evidence evidence,
            boolean spared,
            Health after) {
        static Row of(String what, Health before, Visit visit, Evidence evidence, Health after) {
            return new Row(what, before, visit, evidence, false, after);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> failures() {
        return Stream.of(serving(), away(), probing(), ramp()).flatMap(rows -> rows);
    }

    private static Stream<Row> serving() {
        return Stream.of(
                Row.of("a request's fault", SERVING, EARLY, request(400), SERVING),
                Row.of("first of five", SERVING, EARLY, upstream(), new Serving(1)),
                Row.of("transport counts too", new Serving(3), EARLY, transport(), new Serving(4)),
                Row.of("fifth of five", new Serving(4), EARLY, upstream(), ejected(1_000, 1)),
                new Row(
                        "fifth, but nobody else",
                        new Serving(4),
                        EARLY,
                        upstream(),
                        true,
                        new Serving(5)),
                Row.of(
                        "next one when others are back",
                        new Serving(7),
                        EARLY,
                        upstream(),
                        new Ejected(Cause.of(upstream()), NOW + 1_000, 1, 8, NOW)),
                Row.of("busy", SERVING, EARLY, busy(), cooling(5_000, 1)),
                Row.of("busy, two faults before", new Serving(2), EARLY, busy(), cooling(5_000, 1)),
                new Row(
                        "busy, although nobody else",
                        SERVING,
                        EARLY,
                        busy(),
                        true,
                        cooling(5_000, 1)),
                Row.of("stated wait", SERVING, EARLY, busyFor(17_000), cooling(17_000, 1)),
                Row.of(
                        "stated wait above the cap",
                        SERVING,
                        EARLY,
                        busyFor(9_999_999),
                        cooling(300_000, 1)),
                Row.of(
                        "reset header",
                        SERVING,
                        EARLY,
                        busy().saying(new Said.ResetAt(NOW + 30_000)),
                        cooling(30_000, 1)),
                Row.of(
                        "reset header of the past",
                        SERVING,
                        EARLY,
                        busy().saying(new Said.ResetAt(NOW - 1)),
                        cooling(5_000, 1)),
                Row.of("spend limit", SERVING, EARLY, busy().ofASpentAccount(), spent(60_000)),
                Row.of(
                        "spend limit with a reset",
                        SERVING,
                        EARLY,
                        busy().ofASpentAccount().saying(new Said.ResetAt(NOW + 7_200_000)),
                        spent(7_200_000)),
                Row.of(
                        "spend limit with a short wait",
                        SERVING,
                        EARLY,
                        busyFor(1_000).ofASpentAccount(),
                        spent(60_000)),
                Row.of(
                        "rejected window",
                        SERVING,
                        EARLY,
                        window(5 * 3_600_000L),
                        spent(5 * 3_600_000L)),
                Row.of(
                        "rejected window, misread reset",
                        SERVING,
                        EARLY,
                        window(1L << 42),
                        spent(Penalties.LONGEST_PARK_MILLIS)),
                Row.of("401", SERVING, EARLY, credential(401), parked(401)),
                Row.of("402", SERVING, EARLY, credential(402), parked(402)));
    }

    private static Stream<Row> away() {
        return Stream.of(
                Row.of("cooling: one more 429 of the burst", COOLING, EARLY, busy(), COOLING),
                Row.of("cooling: longer wait", COOLING, EARLY, busyFor(60_000), cooling(60_000, 2)),
                Row.of("cooling: shorter wait", COOLING, EARLY, busyFor(100), COOLING),
                Row.of("cooling: spent", COOLING, EARLY, window(3_600_000), spent(3_600_000)),
                Row.of("cooling: a 500", COOLING, EARLY, upstream(), COOLING),
                Row.of("cooling: 401", COOLING, EARLY, credential(401), parked(401)),
                Row.of(
                        "ejected: one more fault",
                        EJECTED,
                        EARLY,
                        upstream(),
                        new Ejected(BROKEN, NOW + 2_000, 2, 6, BEFORE)),
                Row.of("ejected: busy", EJECTED, EARLY, busy(), cooling(5_000, 1)),
                Row.of("ejected: busy for less", EJECTED, EARLY, busyFor(500), EJECTED),
                Row.of("ejected: 401", EJECTED, EARLY, credential(401), parked(401)),
                Row.of("ejected: a request's fault", EJECTED, EARLY, request(404), EJECTED),
                Row.of("parked: busy", PARKED, EARLY, busyFor(600_000), PARKED),
                Row.of("parked: 401", PARKED, EARLY, credential(401), PARKED),
                Row.of(
                        "spent: now with its reset",
                        SPENT,
                        EARLY,
                        window(3_600_000),
                        spent(3_600_000)),
                Row.of("spent: busy", SPENT, EARLY, busy(), SPENT));
    }

    private static Stream<Row> probing() {
        return Stream.of(
                Row.of(
                        "probe of a cool-down: busy",
                        new Probing(COOLING, 1),
                        PROBE,
                        busy(),
                        cooling(20_000, 3)),
                Row.of(
                        "probe of a cool-down: now at once",
                        new Probing(COOLING, 1),
                        PROBE,
                        busyFor(0),
                        cooling(20_000, 3)),
                Row.of(
                        "probe of a cool-down: a 500",
                        new Probing(COOLING, 1),
                        PROBE,
                        upstream(),
                        ejected(1_000, 1)),
                Row.of(
                        "probe of an ejection: a 500",
                        new Probing(EJECTED, 1),
                        PROBE,
                        upstream(),
                        ejected(4_000, 3)),
                Row.of(
                        "probe of an ejection: busy",
                        new Probing(EJECTED, 1),
                        PROBE,
                        busy(),
                        cooling(5_000, 1)),
                Row.of(
                        "probe of an ejection: a request's fault",
                        new Probing(EJECTED, 1),
                        PROBE,
                        request(400),
                        EJECTED),
                Row.of(
                        "probe of a parking: 401",
                        new Probing(PARKED, 1),
                        PROBE,
                        credential(401),
                        parked(401)),
                Row.of(
                        "probe of a parking: no answer",
                        new Probing(PARKED, 1),
                        PROBE,
                        transport(),
                        new Parked(REFUSED, Parking.Credential, NOW + 300_000)),
                Row.of(
                        "probe of spent money: no answer",
                        new Probing(SPENT, 1),
                        PROBE,
                        transport(),
                        new Parked(BUSY, Parking.Quota, NOW + 60_000)),
                Row.of(
                        "probe of spent money: again, soon",
                        new Probing(SPENT, 1),
                        PROBE,
                        window(2_000),
                        spent(60_000)),
                Row.of(
                        "another request while probing",
                        new Probing(EJECTED, 1),
                        EARLY,
                        upstream(),
                        new Probing(new Ejected(BROKEN, NOW + 2_000, 2, 6, BEFORE), 1)),
                Row.of(
                        "an earlier probe while probing",
                        new Probing(COOLING, 2),
                        PROBE,
                        upstream(),
                        new Probing(COOLING, 2)));
    }

    private static Stream<Row> ramp() {
        Ramp ramp = new Ramp(1, 2, EJECTED, 1);
        return Stream.of(
                Row.of("ramp: relapse", ramp, LATE, upstream(), ejected(4_000, 3)),
                Row.of(
                        "ramp: the probe itself breaks later",
                        ramp,
                        PROBE,
                        upstream(),
                        ejected(4_000, 3)),
                Row.of("ramp: a request of before", ramp, EARLY, upstream(), ramp),
                Row.of("ramp: busy", ramp, LATE, busy(), cooling(5_000, 1)),
                Row.of("ramp: 401", ramp, LATE, credential(401), parked(401)),
                new Row(
                        "ramp: nobody else",
                        ramp,
                        LATE,
                        upstream(),
                        true,
                        new Ramp(1, 0, EJECTED, 1)),
                new Row(
                        "ramp: busy, although nobody else",
                        ramp,
                        LATE,
                        busy(),
                        true,
                        cooling(5_000, 1)),
                Row.of(
                        "ramp of a cool-down: busy",
                        new Ramp(0, 0, COOLING, 1),
                        LATE,
                        busy(),
                        cooling(20_000, 3)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureLeadsTo(Row row) {
        Standing before = new Standing(row.before(), Map.of());

        Standing after = before.failed(row.visit(), row.evidence(), PENALTIES, row.spared());

        assertThat(after).isEqualTo(new Standing(row.after(), Map.of()));
    }

    @Test
    void aSuccessEndsTheRowOfFaults() {
        assertThat(success(new Serving(4), EARLY)).isEqualTo(SERVING);
        assertThat(success(SERVING, EARLY)).isEqualTo(SERVING);
    }

    @Test
    void theProbesSuccessBeginsTheRampAndEndsTheMatterWhenNobodyElseServes() {
        Standing probing = new Standing(new Probing(COOLING, 1), Map.of());

        assertThat(probing.succeeded(PROBE, false).account()).isEqualTo(new Ramp(0, 0, COOLING, 1));
        assertThat(probing.succeeded(PROBE, true)).isEqualTo(Standing.SERVING);
    }

    @Test
    void onlyTheProbeItselfEndsTheProbing() {
        Probing probing = new Probing(COOLING, 2);

        assertThat(success(probing, EARLY)).isEqualTo(probing);
        assertThat(success(probing, PROBE)).as("an earlier probe").isEqualTo(probing);
        assertThat(success(probing, new Visit("m", 2, false))).isEqualTo(probing);
    }

    @Test
    void successesOfBeforeBringNobodyBack() {
        assertThat(success(COOLING, EARLY)).isEqualTo(COOLING);
        assertThat(success(EJECTED, EARLY)).isEqualTo(EJECTED);
        assertThat(success(PARKED, EARLY)).isEqualTo(PARKED);
        assertThat(success(new Ramp(0, 0, COOLING, 1), EARLY))
                .isEqualTo(new Ramp(0, 0, COOLING, 1));
    }

    @Test
    void theRampTakesThreeSuccessesAStep() {
        Health health = new Ramp(0, 0, COOLING, 1);

        StringBuilder shares = new StringBuilder();
        while (health instanceof Ramp ramp) {
            shares.append(ramp.share()).append(' ');
            health = success(ramp, LATE);
        }

        assertThat(shares.toString().strip()).isEqualTo("0.1 0.1 0.1 0.5 0.5 0.5 1.0 1.0 1.0");
        assertThat(health).isEqualTo(SERVING);
    }

    @Test
    void theProbesOwnEndIsNotCountedTwice() {
        Ramp ramp = new Ramp(0, 0, COOLING, 1);

        assertThat(success(ramp, PROBE)).isEqualTo(ramp);
    }

    @Test
    void aProbeThatToldNothingLetsTheNextOneTry() {
        Standing probing = new Standing(new Probing(EJECTED, 1), Map.of());

        assertThat(probing.abandoned(PROBE).account()).isEqualTo(EJECTED);
        assertThat(probing.abandoned(LATE)).isEqualTo(probing);
    }

    @Test
    void a403ParksTheModelAndLeavesTheAccountAlone() {
        Standing after = Standing.SERVING.failed(EARLY, credential(403), PENALTIES, false);

        assertThat(after.account()).isEqualTo(SERVING);
        assertThat(after.models()).isEqualTo(Map.of("m", parked(403)));
        assertThat(after.usable("m")).isFalse();
        assertThat(after.usable("other")).isTrue();
    }

    @Test
    void a403OfASpentAccountIsAboutTheAccount() {
        Evidence evidence = credential(403).ofASpentAccount();

        Standing after = Standing.SERVING.failed(EARLY, evidence, PENALTIES, false);

        assertThat(after.account()).isInstanceOf(Parked.class);
        assertThat(after.models()).isEmpty();
    }

    @Test
    void anotherCredentialEndsEveryParkingAndNothingElse() {
        Standing parked =
                new Standing(new Probing(PARKED, 1), Map.of("m", parked(403), "n", COOLING));

        assertThat(parked.unparked(EnumSet.allOf(Health.Parking.class)))
                .isEqualTo(new Standing(SERVING, Map.of("n", COOLING)));
    }

    @Test
    void notMoreThan64ModelsAreRememberedAndTheOldestGoes() {
        Standing standing = Standing.SERVING;
        for (int i = 0; i <= Standing.MOST_MODELS; i++) {
            Visit visit = new Visit("m" + i, 0, false);
            standing = standing.failed(visit, credential(403), PENALTIES, false);
        }

        assertThat(standing.models()).hasSize(64).doesNotContainKey("m0").containsKey("m64");
    }

    @Test
    void anAccountIsDueAtItsTimeAndWhenTheClockWasSetBack() {
        assertThat(COOLING.due(COOLING.untilMillis() - 1)).isFalse();
        assertThat(COOLING.due(COOLING.untilMillis())).isTrue();
        assertThat(COOLING.due(BEFORE - 10)).as("another loop's clock").isFalse();
        assertThat(COOLING.due(BEFORE - 7_200_000)).isTrue();
    }

    @Test
    void theSameFaultElsewhereUndoesExactlyOnePenalty() {
        Standing before = new Standing(new Serving(4), Map.of());
        Standing after = before.failed(EARLY, upstream(), PENALTIES, false);

        assertThat(after.forgiven(EARLY, before, after, PENALTIES)).isEqualTo(before);

        Standing meanwhile = after.failed(LATE, upstream(), PENALTIES, false);
        assertThat(meanwhile.forgiven(EARLY, before, after, PENALTIES).account())
                .as("one of six")
                .isEqualTo(ejected(1_000, 1));

        Standing recovered = Standing.SERVING;
        assertThat(recovered.forgiven(EARLY, before, after, PENALTIES)).isEqualTo(recovered);
    }

    private static Health success(Health health, Visit visit) {
        return new Standing(health, Map.of()).succeeded(visit, false).account();
    }

    private static Evidence request(int status) {
        return Evidence.of(FailureClass.Request, status, NOW);
    }

    private static Evidence upstream() {
        return Evidence.of(FailureClass.Upstream, 500, NOW);
    }

    private static Evidence transport() {
        return Evidence.of(FailureClass.Transport, 0, NOW);
    }

    private static Evidence credential(int status) {
        return Evidence.of(FailureClass.Credential, status, NOW);
    }

    private static Evidence busy() {
        return Evidence.of(FailureClass.Capacity, 429, NOW);
    }

    private static Evidence busyFor(long millis) {
        return busy().saying(new Said.RetryAfter(millis));
    }

    private static Evidence window(long millis) {
        return busy().saying(new Said.WindowRejected(NOW + millis));
    }

    private static CoolingDown cooling(long millis, int times) {
        return new CoolingDown(Cause.of(busy()), NOW + millis, times);
    }

    private static Ejected ejected(long millis, int times) {
        return new Ejected(Cause.of(upstream()), NOW + millis, times, 5, NOW);
    }

    private static Parked parked(int status) {
        return new Parked(Cause.of(credential(status)), Parking.Credential, NOW + 300_000);
    }

    private static Parked spent(long millis) {
        Cause spent = Cause.of(busy().ofASpentAccount());
        return new Parked(spent, Parking.Quota, NOW + millis);
    }
}
