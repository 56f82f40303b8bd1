package dev.llmgateway.runtime.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// When an upstream wants to be asked again: `retry-after-ms`, else `retry-after` as seconds or as
/// an HTTP date.
public final class RetryAfter {
    /// Longest wait that is believed, in seconds: five minutes.
    public static final int LONGEST_SECONDS = 300;

    private RetryAfter() {}

    /// @param headers first value of a header by lower-case name
    /// @param nowMillis wall clock
    /// @return seconds, rounded up, at most `LONGEST_SECONDS`; 0: nothing usable was said
    public static int seconds(Function<String, @Nullable String> headers, long nowMillis) {
        String millis = headers.apply("retry-after-ms");
        if (millis != null) {
            double value = number(millis);
            if (value > 0) {
                return bounded(Math.ceil(value / 1_000));
            }
        }
        String text = headers.apply("retry-after");
        if (text == null) {
            return 0;
        }
        double value = number(text);
        return value >= 0 ? bounded(Math.ceil(value)) : date(text, nowMillis);
    }

    /// -1: not a number that counts.
    private static double number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return value >= 0 && !Double.isInfinite(value) ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int date(String text, long nowMillis) {
        try {
            Instant until =
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return bounded(Math.ceil((until.toEpochMilli() - nowMillis) / 1_000.0));
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static int bounded(double seconds) {
        return (int) Math.clamp(seconds, 0, LONGEST_SECONDS);
    }
}
