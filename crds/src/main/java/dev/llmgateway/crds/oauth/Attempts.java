package dev.llmgateway.crds.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// Refreshes that failed in a row.
///
/// @param notBefore when the next one may be tried
/// @param lastFailure what was wrong, without secrets; empty: nothing
public record Attempts(int failures, Instant notBefore, String lastFailure) {
    public static final Attempts NONE = new Attempts(0, Instant.MIN, "");

    /// First and longest pause; it doubles between them.
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// A provider that asks for more than this is asked again all the same.
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    /// @param retryAfter as the provider asked; empty: it did not
    public Attempts failed(Instant now, String why, Optional<Duration> retryAfter) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures, 6));
        Duration capped = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        Duration asked = retryAfter.filter(longer(capped)).orElse(capped);
        Duration waited = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return new Attempts(failures + 1, now.plus(waited), why);
    }

    private static Predicate<Duration> longer(Duration than) {
        return each -> each.compareTo(than) > 0;
    }
}
