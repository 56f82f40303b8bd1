package dev.llmgateway.cli.print;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// Times as people read them in tables.
public final class Ages {
    private Ages() {}

    /// How long ago, in `kubectl`'s words: `45s`, `3m20s`, `5h`, `12d`, `2y10d`.
    ///
    /// @param time RFC 3339; a text that is none gives an empty text
    public static String since(String time, Instant now) {
        try {
            return time.isEmpty() ? "" : of(Duration.between(Instant.parse(time), now));
        } catch (DateTimeException _) {
            return "";
        }
    }

    /// How long until then; `expired` when it is over.
    public static String until(String time, Instant now) {
        try {
            if (time.isEmpty()) {
                return "";
            }
            Duration left = Duration.between(now, Instant.parse(time));
            return left.isNegative() ? "expired" : of(left);
        } catch (DateTimeException _) {
            return "";
        }
    }

    static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        return days < 730
                ? days + "d"
                : days / 365 + "y" + (days % 365 == 0 ? "" : days % 365 + "d");
    }
}
