package dev.llmgateway.crds.oauth;

import dev.llmgateway.crds.api.Auth;
import java.time.Duration;
import java.util.Optional;

/// What decides whether a family of tokens is refreshed.
///
/// @param refreshBefore how long before its end, at the latest
/// @param claim found at the tokens; empty: none
/// @param refusal found at the tokens; empty: none
/// @param asked somebody wants a new token now: a person, or a pod whose token was refused
/// @param seed of the jitter, as the account's UID: the same account, the same moment
public record RefreshFacts(
        Auth.Grant grant,
        Duration refreshBefore,
        StoredTokens tokens,
        Optional<Claim> claim,
        Optional<Refusal> refusal,
        Attempts attempts,
        boolean asked,
        String seed) {
    /// Whether a new token can be had without a person.
    boolean renewable() {
        return grant == Auth.Grant.ClientCredentials || !tokens.refreshToken().isEmpty();
    }
}
