package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.runtime.model.Headroom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaHeadersTest {
    private static final long NOW = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
    private static final long SECONDS = NOW / 1_000;
    private static final String UNIFIED = "anthropic-ratelimit-unified-";

    record Row(String what, int status, List<String> lines, Headroom seen) {
        static Row of(String what, Headroom seen, String... lines) {
            return new Row(what, 200, List.of(lines), seen);
        }

        static Row refused(String what, Headroom seen, String... lines) {
            return new Row(what, 429, List.of(lines), seen);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> heads() {
        return Stream.of(anthropic(), unified(), openai(), codex()).flatMap(rows -> rows);
    }

    private static Stream<Row> anthropic() {
        return Stream.of(
                Row.of("nothing", Headroom.UNKNOWN, "content-type: application/json"),
                Row.of(
                        "one limit",
                        left(0.25, 30_000, "requests"),
                        "anthropic-ratelimit-requests-limit: 1000",
                        "anthropic-ratelimit-requests-remaining: 250",
                        "anthropic-ratelimit-requests-reset: 2026-11-26T12:00:30Z"),
                Row.of(
                        "the least of all, names in any case",
                        left(0.1, 60_000, "input-tokens"),
                        "Anthropic-RateLimit-Requests-Limit: 1000",
                        "Anthropic-RateLimit-Requests-Remaining: 900",
                        "Anthropic-RateLimit-Input-Tokens-Limit: 400000",
                        "Anthropic-RateLimit-Input-Tokens-Remaining: 40000",
                        "Anthropic-RateLimit-Input-Tokens-Reset: 2026-11-26T13:01:00+01:00",
                        "Anthropic-RateLimit-Output-Tokens-Limit: 80000",
                        "Anthropic-RateLimit-Output-Tokens-Remaining: 80000"),
                Row.of(
                        "none left, limit not said",
                        left(0, 1_000, "tokens"),
                        "anthropic-ratelimit-tokens-remaining: 0",
                        "anthropic-ratelimit-tokens-reset: 2026-11-26T12:00:01Z"),
                Row.of(
                        "two limits used up: the later reset",
                        left(0, 45_000, "tokens"),
                        "anthropic-ratelimit-requests-remaining: 0",
                        "anthropic-ratelimit-requests-reset: 2026-11-26T12:00:05Z",
                        "anthropic-ratelimit-tokens-remaining: 0",
                        "anthropic-ratelimit-tokens-reset: 2026-11-26T12:00:45Z"),
                Row.of(
                        "junk",
                        Headroom.UNKNOWN,
                        "anthropic-ratelimit-requests-limit: many",
                        "anthropic-ratelimit-requests-remaining: -3",
                        "anthropic-ratelimit-tokens-limit: 0",
                        "anthropic-ratelimit-tokens-remaining: 5"),
                Row.of(
                        "an unreadable reset is not said",
                        new Headroom(0.5, 0, "tokens", false),
                        "anthropic-ratelimit-tokens-limit: 10",
                        "anthropic-ratelimit-tokens-remaining: 5",
                        "anthropic-ratelimit-tokens-reset: soon"));
    }

    private static Stream<Row> unified() {
        return Stream.of(
                Row.of(
                        "allowed",
                        left(0.25, 3_600_000, "unified-5h"),
                        UNIFIED + "status: allowed",
                        UNIFIED + "5h-utilization: 0.75",
                        UNIFIED + "5h-reset: " + (SECONDS + 3_600),
                        UNIFIED + "7d-utilization: 0.5",
                        UNIFIED + "7d-reset: " + (SECONDS + 86_400)),
                Row.refused(
                        "rejected by the week",
                        new Headroom(0, NOW + 86_400_000, "unified-7d", true),
                        UNIFIED + "status: rejected",
                        UNIFIED + "representative-claim: seven_day",
                        UNIFIED + "5h-utilization: 0.75",
                        UNIFIED + "7d-utilization: 1.0",
                        UNIFIED + "7d-reset: " + (SECONDS + 86_400)),
                Row.refused(
                        "rejected, with the overall reset",
                        new Headroom(0, NOW + 60_000, "unified-5h", true),
                        UNIFIED + "status: rejected",
                        UNIFIED + "reset: " + (SECONDS + 60),
                        UNIFIED + "representative-claim: five_hour",
                        UNIFIED + "7d-reset: " + (SECONDS + 86_400)),
                Row.refused(
                        "a burst 429 inside an allowed week rejects nothing",
                        left(0.4, 86_400_000, "unified-7d"),
                        UNIFIED + "status: allowed",
                        UNIFIED + "representative-claim: seven_day",
                        UNIFIED + "7d-utilization: 0.6",
                        UNIFIED + "7d-reset: " + (SECONDS + 86_400)),
                Row.refused(
                        "rejected without a reset",
                        new Headroom(0, 0, "unified", true),
                        UNIFIED + "status: rejected"),
                Row.refused(
                        "overage goes on for money",
                        left(0, 60_000, "unified-5h"),
                        UNIFIED + "status: rejected",
                        UNIFIED + "overage-status: allowed",
                        UNIFIED + "5h-utilization: 1",
                        UNIFIED + "5h-reset: " + (SECONDS + 60)),
                Row.of(
                        "above the whole",
                        left(0, 60_000, "unified-5h"),
                        UNIFIED + "5h-utilization: 1.7",
                        UNIFIED + "5h-reset: " + (SECONDS + 60)),
                Row.of(
                        "a window of one model",
                        Headroom.UNKNOWN,
                        UNIFIED + "7d_opus-utilization: 1",
                        UNIFIED + "7d_opus-reset: " + (SECONDS + 60)));
    }

    private static Stream<Row> openai() {
        return Stream.of(
                Row.of(
                        "requests and tokens",
                        left(0.5, 360_000, "tokens"),
                        "x-ratelimit-limit-requests: 100",
                        "x-ratelimit-remaining-requests: 99",
                        "x-ratelimit-reset-requests: 12ms",
                        "x-ratelimit-limit-tokens: 150000",
                        "x-ratelimit-remaining-tokens: 75000",
                        "x-ratelimit-reset-tokens: 6m0s"),
                Row.of(
                        "none left",
                        left(0, 1_000, "requests"),
                        "x-ratelimit-limit-requests: 100",
                        "x-ratelimit-remaining-requests: 0",
                        "x-ratelimit-reset-requests: 1s",
                        "x-ratelimit-limit-tokens: 100",
                        "x-ratelimit-remaining-tokens: 1"));
    }

    private static Stream<Row> codex() {
        String[] full = {
            "x-codex-primary-used-percent: 12.5",
            "x-codex-primary-window-minutes: 300",
            "x-codex-primary-reset-at: " + (SECONDS + 60),
            "x-codex-secondary-used-percent: 100",
            "x-codex-secondary-window-minutes: 10080",
            "x-codex-secondary-reset-at: " + (SECONDS + 86_400)
        };
        return Stream.of(
                Row.of(
                        "share used",
                        left(0.875, 60_000, "codex-primary"),
                        "x-codex-primary-used-percent: 12.5",
                        "x-codex-primary-reset-at: " + (SECONDS + 60)),
                Row.of("full, yet served", left(0, 86_400_000, "codex-secondary"), full),
                Row.refused(
                        "full and refused",
                        new Headroom(0, NOW + 86_400_000, "codex-secondary", true),
                        full),
                Row.refused(
                        "refused, not full",
                        left(0.01, 60_000, "codex-primary"),
                        "x-codex-primary-used-percent: 99",
                        "x-codex-primary-reset-at: " + (SECONDS + 60)));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void aHeadSays(Row row) {
        ScriptedHead head =
                new ScriptedHead(
                        row.status(), ScriptedHead.of(row.lines().toArray(String[]::new)).lines());

        Headroom seen = QuotaHeaders.read(head, NOW);

        assertThat(seen.left()).isCloseTo(row.seen().left(), within(1e-9));
        assertThat(seen).usingRecursiveComparison().ignoringFields("left").isEqualTo(row.seen());
    }

    @ParameterizedTest
    @CsvSource({
        "12ms, 12",
        "1s, 1000",
        "6m0s, 360000",
        "1h2m3.5s, 3723500",
        "2m59.56s, 179560",
        "450us, 1",
        "0s, 0",
        "1d, 86400000",
        "2.5, 2500",
        "30, 30000"
    })
    void aDurationCountsFromNow(String text, long millis) {
        assertThat(QuotaTimes.epochMillis(text, NOW)).isEqualTo(NOW + millis);
    }

    @ParameterizedTest
    @CsvSource({"1764158400, 1764158400000", "1764158400123, 1764158400123"})
    void aLargeNumberIsATime(String text, long millis) {
        assertThat(QuotaTimes.epochMillis(text, NOW)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"''", "s", "1x", "m1", "1m x", "-1s", "1e9", "2026-13-01T00:00:00Z", "1s1", "NaN"})
    void junkTellsNoTime(String text) {
        assertThat(QuotaTimes.epochMillis(text, NOW)).isZero();
    }

    @Test
    void aLongTextIsNotLookedAt() {
        assertThat(QuotaTimes.epochMillis("1s".repeat(1_000), NOW)).isZero();
        assertThat(QuotaTimes.number("1".repeat(1_000))).isEmpty();
    }

    private static Headroom left(double left, long resetInMillis, String window) {
        return new Headroom(left, NOW + resetInMillis, window, false);
    }
}
