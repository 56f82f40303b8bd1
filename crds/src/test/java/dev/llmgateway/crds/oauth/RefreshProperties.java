package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.Auth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RefreshProperties {
    private static final Instant ISSUED = Instant.parse("2026-11-26T10:00:00Z");

    /// Whatever its life and `refreshBefore`: not in its first 45 %, never after 77 %, and always
    /// the same moment.
    @Property(tries = 500)
    void everyTokenIsRefreshedInTime(
            @ForAll @IntRange(min = 10, max = 1_000_000) int lifeSeconds,
            @ForAll @IntRange(min = 1, max = 60) int beforeMinutes,
            @ForAll String seed) {
        Instant end = ISSUED.plusSeconds(lifeSeconds);
        RefreshFacts facts =
                new RefreshFacts(
                        Auth.Grant.DeviceCode,
                        Duration.ofMinutes(beforeMinutes),
                        RefreshRuleTest.tokens("rt", ISSUED, end),
                        Optional.empty(),
                        Optional.empty(),
                        Attempts.NONE,
                        false,
                        seed);

        Instant due = RefreshRule.due(facts);

        double share = Duration.between(ISSUED, due).toMillis() / (lifeSeconds * 1_000.0);
        assertThat(share).isBetween(0.449, 0.771);
        assertThat(RefreshRule.due(facts)).isEqualTo(due);
        assertThat(RefreshRule.decide(facts, due)).isEqualTo(new RefreshDecision.Refresh(false));
        assertThat(RefreshRule.decide(facts, due.minusMillis(1)))
                .isEqualTo(new RefreshDecision.Wait(due));
    }

    @Property(tries = 20)
    void accountsThatSignedInTogetherAreSpread(@ForAll @LongRange(min = 0, max = 1_000) long day) {
        Set<Instant> moments = new HashSet<>();
        Instant issued = ISSUED.plus(Duration.ofDays(day));
        for (int i = 0; i < 100; i++) {
            moments.add(
                    RefreshRule.due(
                            new RefreshFacts(
                                    Auth.Grant.DeviceCode,
                                    Duration.ofMinutes(10),
                                    RefreshRuleTest.tokens(
                                            "rt", issued, issued.plus(Duration.ofHours(8))),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Attempts.NONE,
                                    false,
                                    "uid-" + i)));
        }

        assertThat(moments).hasSizeGreaterThan(80);
    }

    /// However many ask, and whenever: places are 200 ms apart.
    @Property(tries = 200)
    void fiveBeginInASecond(@ForAll @IntRange(min = 1, max = 50) int count, @ForAll long start) {
        RefreshPace pace = new RefreshPace();
        long last = 0;
        for (int i = 0; i < count; i++) {
            long at = pace.take(start);
            assertThat(i == 0 ? at : at - last).isEqualTo(i == 0 ? 0 : 200_000_000L);
            last = at;
        }

        assertThat(pace.take(start + count * 200_000_000L)).isZero();
    }
}
