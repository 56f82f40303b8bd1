package dev.llmgateway.runtime.upstream;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers and times as rate-limit headers spell them. Pure.
final class QuotaTimes {
    /// Longer texts are junk.
    private static final int MAX_TEXT = 40;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{0,15})?");

    /// One part of a Go duration such as `6m0s` or `1.5s`.
    private static final Pattern PART =
            Pattern.compile("\\G(\\d{1,9}(?:\\.\\d{0,9})?)(h|ms|us|\u00b5s|ns|m|s|d)");

    /// A plain number from here on is a time, below it a wait: 2001 in seconds since 1970, or 31
    /// years.
    private static final double EPOCH_FROM = 1e9;

    /// From here on such a time is in milliseconds.
    private static final double MILLIS_FROM = 1e11;

    private QuotaTimes() {}

    /// Empty when the text is no plain non-negative number.
    static OptionalDouble number(String text) {
        return text.length() <= MAX_TEXT && NUMBER.matcher(text).matches()
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    /// Epoch milliseconds; 0: the text tells none. Forms: RFC 3339, a Go duration from now, epoch
    /// seconds or milliseconds, seconds from now.
    static long epochMillis(String text, long nowMillis) {
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            return 0;
        }
        OptionalDouble number = number(text);
        if (number.isPresent()) {
            return plain(number.getAsDouble(), nowMillis);
        }
        long duration = durationMillis(text);
        return duration >= 0 ? nowMillis + duration : date(text);
    }

    private static long plain(double value, long nowMillis) {
        if (value >= MILLIS_FROM) {
            return (long) value;
        }
        return (long) Math.ceil(value * 1_000) + (value >= EPOCH_FROM ? 0 : nowMillis);
    }

    /// A Go duration, rounded up; -1: the text is none.
    private static long durationMillis(String text) {
        Matcher part = PART.matcher(text);
        double sum = 0;
        int end = 0;
        while (part.find()) {
            sum += Double.parseDouble(part.group(1)) * millis(part.group(2));
            end = part.end();
        }
        return end == text.length() ? (long) Math.ceil(sum) : -1;
    }

    private static double millis(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000;
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            case "ms" -> 1;
            case "ns" -> 1e-6;
            default -> 1e-3;
        };
    }

    private static long date(String text) {
        try {
            return Math.max(0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException unreadable) {
            return 0;
        }
    }
}
