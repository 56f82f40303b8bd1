package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Attempts;
import java.time.Instant;
import java.util.Optional;

/// What this process remembers of an account between two looks at it. A successor begins without.
///
/// @param device a sign-in that waits for a person
/// @param askedFor fingerprint of the token that upstreams refused and that a new one was asked for
/// @param askAgain before that, another token that is refused asks for none
record Known(
        Attempts attempts,
        Optional<DeviceSignIn> device,
        Outcome outcome,
        String askedFor,
        Instant askAgain) {
    static final Known NOTHING =
            new Known(Attempts.NONE, Optional.empty(), Outcome.NONE, "", Instant.MIN);

    /// Without a device code that nobody asks for any more.
    Known heeding(Wishes wishes) {
        return device.isPresent() && wishes.device().isEmpty() ? with(Optional.empty()) : this;
    }

    Known with(Attempts next) {
        return new Known(next, device, outcome, askedFor, askAgain);
    }

    Known with(Outcome next) {
        return new Known(attempts, device, next, askedFor, askAgain);
    }

    Known with(Optional<DeviceSignIn> next) {
        return new Known(attempts, next, outcome, askedFor, askAgain);
    }

    Known asking(String token, Instant again) {
        return new Known(attempts, device, outcome, token, again);
    }
}
