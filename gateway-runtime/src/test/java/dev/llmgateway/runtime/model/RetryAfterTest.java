package dev.llmgateway.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final long CAP = 300_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                              | 7000",
                "0                              | 0",
                "1.5                            | 1500",
                "0.0001                         | 1",
                "1e9                            | 300000",
                "99999999999999999999999        | 300000",
                "Tue, 24 Nov 2026 12:00:30 GMT  | 30000",
                "Tuesday, 24-Nov-26 12:00:30 GMT| 30000",
                "Tue Nov 24 12:00:30 2026       | 30000",
                "Tue, 24 Nov 2026 11:00:00 GMT  | 0",
                "Fri, 31 Dec 9999 23:59:59 GMT  | 300000"
            })
    void reads_seconds_and_dates_up_to_the_cap(String text, long expected) {
        assertThat(RetryAfter.millis(List.of(text), List.of(), NOW, CAP)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "",
                " ",
                "soon",
                "NaN",
                "Infinity",
                "0x10",
                "1,2",
                "10s",
                "+3",
                "1e-3",
                "Tue, 99 Nov 2026 12:00:30 GMT",
                "2026-11-24T12:00:30Z"
            })
    void junk_and_negative_values_count_as_absent(String text) {
        assertThat(RetryAfter.millis(List.of(text), List.of(text), NOW, CAP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit reached for m: Limit 3, Used 3. Please try again in 20s. Visit x. | 20000",
                "Please try again in 1.898s.                                                  | 1898",
                "please TRY AGAIN IN 28ms                                                     | 28",
                "try again in 1m12s                                                           | 72000",
                "try again in 2m0s.                                                           | 120000",
                "Try again in 35 seconds.                                                     | 35000",
                "try again in 1 minute 5 seconds                                              | 65000",
                "Please try again in 9h3m.                                                    | 300000",
                "try again in 99999999999999999s                                              | -1",
                "try again in 7 sheets                                                        | -1",
                "try again in a moment                                                        | -1",
                "try again later, in 7s                                                       | -1"
            })
    void reads_what_an_errors_words_ask_for(String message, long expected) {
        OptionalLong read = RetryAfter.said(message, CAP);

        assertThat(read).isEqualTo(expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    @Test
    void very_long_junk_is_absent() {
        assertThat(RetryAfter.millis(List.of("9".repeat(9_000)), List.of(), NOW, CAP)).isEmpty();
    }

    @Test
    void milliseconds_win_over_seconds() {
        OptionalLong delay = RetryAfter.millis(List.of("7"), List.of("250"), NOW, CAP);

        assertThat(delay).hasValue(250);
    }

    @Test
    void unreadable_milliseconds_do_not_hide_the_seconds() {
        OptionalLong delay = RetryAfter.millis(List.of("7"), List.of("-1"), NOW, CAP);

        assertThat(delay).hasValue(7_000);
    }

    @Test
    void of_two_headers_the_longest_readable_counts() {
        OptionalLong delay = RetryAfter.millis(List.of("3", "junk", "8"), List.of(), NOW, CAP);

        assertThat(delay).hasValue(8_000);
    }

    @Test
    void no_header_is_absent() {
        assertThat(RetryAfter.millis(List.of(), List.of(), NOW, CAP)).isEmpty();
    }
}
