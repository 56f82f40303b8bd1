package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.crds.api.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// `--expires`: days, a duration or a time. Pure.
final class Expiry {
    private Expiry() {}

    /// RFC 3339, whole seconds.
    static String of(String text, Instant now) {
        if (text.matches("[0-9]{1,6}d")) {
            Duration days = Duration.ofDays(Long.parseLong(text, 0, text.length() - 1, 10));
            return now.plus(days).truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (text.contains("T") || text.contains("-")) {
            try {
                return Instant.parse(text).toString();
            } catch (DateTimeException _) {
                throw new Failure(ExitCode.USAGE, "badExpiry", text);
            }
        }
        long millis =
                Durations.parse(text)
                        .orElseThrow(() -> new Failure(ExitCode.USAGE, "badExpiry", text));
        return now.plusMillis(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
