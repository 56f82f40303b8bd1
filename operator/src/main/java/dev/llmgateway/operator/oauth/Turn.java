package dev.llmgateway.operator.oauth;

import java.time.Instant;
import java.util.Optional;

/// What came of one look at an account.
///
/// @param secret as it stands now, where that was asked; empty: as the informer says
/// @param again when to look again though nothing has happened; `Instant.MAX`: not before something
///   does
/// @param fulfilled annotation whose wish is done with; empty: none
record Turn(Known known, Optional<TokenSecret> secret, Instant again, String fulfilled) {
    static Turn at(Known known, Instant again) {
        return new Turn(known, Optional.empty(), again, "");
    }

    static Turn of(Known known, TokenSecret secret, Instant again) {
        return new Turn(known, Optional.of(secret), again, "");
    }

    /// Followed by another one.
    Turn and(Turn next) {
        return new Turn(
                next.known,
                next.secret.or(() -> secret),
                again.isBefore(next.again) ? again : next.again,
                next.fulfilled);
    }

    /// Look again at once: what comes after this wish is not known here.
    static Turn fulfilled(String annotation, Known known, TokenSecret secret) {
        return new Turn(known, Optional.of(secret), Instant.MIN, annotation);
    }
}
