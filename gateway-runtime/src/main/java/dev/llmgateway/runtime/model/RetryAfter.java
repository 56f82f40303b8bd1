package dev.llmgateway.runtime.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long an upstream asks us to stay away: `retry-after` (seconds or an HTTP date) and
/// `retry-after-ms`, or the words of its error. What cannot be read counts as absent, never as
/// zero.
public final class RetryAfter {
    /// Longer texts are junk: no date form is longer than 40 characters.
    private static final int MAX_TEXT = 64;

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?(?:[eE]\\+?\\d{1,3})?");

    /// The three forms of RFC 9110, 5.6.7: IMF-fixdate, RFC 850 (two-digit year), asctime.
    private static final List<DateTimeFormatter> DATES =
            List.of(
                    DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
                    rfc850(),
                    DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

    private static final Pattern SAID = Pattern.compile("(?i)\\btry again in\\b");

    /// One piece of `6m0s`, `1.898s`, `20ms`, `35 seconds`.
    private static final Pattern PIECE =
            Pattern.compile(
                    "\\G\\s{0,2}(\\d{1,9}(?:\\.\\d{1,9})?)\\s?"
                            + "(ms|milliseconds?|s|seconds?|m|minutes?|h|hours?|d|days?)(?![a-z])",
                    Pattern.CASE_INSENSITIVE);

    private RetryAfter() {}

    /// Milliseconds in `[0, capMillis]` that an error's message asks to wait, as OpenAI's do
    /// ("Please try again in 6m0s"): all that tells of it inside a stream. Empty when none can be
    /// read.
    public static OptionalLong said(String message, long capMillis) {
        Matcher said = SAID.matcher(message);
        if (!said.find()) {
            return OptionalLong.empty();
        }
        Matcher piece = PIECE.matcher(message).region(said.end(), message.length());
        boolean any = false;
        double millis = 0;
        while (piece.find()) {
            any = true;
            millis += Double.parseDouble(piece.group(1)) * unit(piece.group(2));
        }
        return any ? scaled(millis, 1, capMillis) : OptionalLong.empty();
    }

    private static double unit(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("ms") || lower.startsWith("milli")) {
            return 1;
        }
        return switch (lower.charAt(0)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /// Milliseconds from now in `[0, capMillis]`; empty when no value can be read. A readable
    /// `retry-after-ms` wins, as in the SDKs; of several values of one header the longest counts. A
    /// date in the past is 0.
    ///
    /// @param seconds all values of `retry-after`
    /// @param milliseconds all values of `retry-after-ms`
    /// @param nowEpochMillis wall clock that HTTP dates are compared with
    /// @param capMillis nobody keeps us away for longer
    public static OptionalLong millis(
            List<String> seconds, List<String> milliseconds, long nowEpochMillis, long capMillis) {
        OptionalLong exact =
                milliseconds.stream()
                        .map(RetryAfter::number)
                        .flatMapToLong(v -> scaled(v, 1, capMillis).stream())
                        .max();
        if (exact.isPresent()) {
            return exact;
        }
        return seconds.stream()
                .flatMapToLong(v -> secondsOrDate(v, nowEpochMillis, capMillis).stream())
                .max();
    }

    private static OptionalLong secondsOrDate(String text, long now, long cap) {
        OptionalLong delta = scaled(number(text), 1000, cap);
        return delta.isPresent() ? delta : date(text.strip(), now, cap);
    }

    /// NaN when the text is no plain non-negative number.
    private static double number(String text) {
        String stripped = text.strip();
        boolean plain = stripped.length() <= MAX_TEXT && NUMBER.matcher(stripped).matches();
        return plain ? Double.parseDouble(stripped) : Double.NaN;
    }

    private static OptionalLong scaled(double value, long factor, long cap) {
        if (Double.isNaN(value)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) Math.min(Math.ceil(value * factor), (double) cap));
    }

    private static OptionalLong date(String text, long now, long cap) {
        if (text.length() > MAX_TEXT) {
            return OptionalLong.empty();
        }
        return DATES.stream()
                .flatMapToLong(form -> epochMillis(text, form).stream())
                .map(until -> Math.clamp(until - now, 0, cap))
                .findFirst();
    }

    private static OptionalLong epochMillis(String text, DateTimeFormatter form) {
        try {
            LocalDateTime time = LocalDateTime.parse(text, form);
            return OptionalLong.of(time.toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException notThisForm) {
            return OptionalLong.empty();
        }
    }

    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(2000, 1, 1))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
