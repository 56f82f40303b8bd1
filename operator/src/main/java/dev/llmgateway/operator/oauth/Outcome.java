package dev.llmgateway.operator.oauth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How the last sign-in, refresh on request or sign-out ended, as the status says it.
///
/// @param text with its time, so that the same twice is seen; empty: nothing has ended yet
/// @param token fingerprint of the access token that came of it, with which it is told; empty: at
///   once
record Outcome(String text, String token) {
    static final Outcome NONE = new Outcome("", "");

    static Outcome done(String what, Instant now, TokenSecret secret) {
        return new Outcome(text(what, now), secret.tokens().fingerprint());
    }

    static Outcome failed(String why, Instant now) {
        return new Outcome(text(why, now), "");
    }

    private static String text(String what, Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS) + ": " + what;
    }
}
