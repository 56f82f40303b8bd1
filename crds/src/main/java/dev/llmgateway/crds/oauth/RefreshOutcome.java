package dev.llmgateway.crds.oauth;

import java.time.Instant;
import java.util.Optional;

/// What is to be done with a provider's answer to a refresh.
public sealed interface RefreshOutcome {
    /// Store it, the rotated refresh token together with its access token, before anyone uses it.
    record Store(StoredTokens tokens) implements RefreshOutcome {}

    /// Try again later; the claim is given back, since nothing was spent.
    record Later(Attempts attempts) implements RefreshOutcome {}

    /// Read the tokens again: a sibling may have written newer ones, to be used instead. If they
    /// are the same, this is how it stands with the account. Nothing is wiped.
    record Refused(Refusal refusal) implements RefreshOutcome {}

    /// @param again what {@link RefreshDecision.Refresh} said
    /// @param now when the answer came
    static RefreshOutcome of(
            TokenAnswer answer,
            StoredTokens before,
            Attempts attempts,
            boolean again,
            Instant now) {
        return switch (answer) {
            case TokenAnswer.Tokens tokens -> new Store(before.refreshed(tokens, now));
            // Without a refresh token it is the client that is refused, and that can be mended.
            case TokenAnswer.Refused refused
                    when refused.invalidGrant() && !before.refreshToken().isEmpty() ->
                    new Refused(
                            Refusal.of(
                                    before,
                                    again ? SignInReason.RefreshLost : SignInReason.InvalidGrant));
            case TokenAnswer.Refused(var status, var error) ->
                    later(attempts, now, "answered " + status + ", " + error);
            case TokenAnswer.Pending _ -> later(attempts, now, "answered as if to a device code");
            case TokenAnswer.Unavailable(var why, var retryAfter) ->
                    new Later(attempts.failed(now, why, retryAfter));
        };
    }

    private static RefreshOutcome later(Attempts attempts, Instant now, String why) {
        return new Later(attempts.failed(now, why, Optional.empty()));
    }
}
