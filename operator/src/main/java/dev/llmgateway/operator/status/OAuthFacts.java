package dev.llmgateway.operator.status;

import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.SignInReason;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.OAuthProgress;
import java.time.Instant;
import java.util.Optional;

/// What is known of the sign-in of an OAuth account.
///
/// @param unattended tokens need no person
/// @param usable the access token is there and has not ended
/// @param signIn why a person is needed; empty: none is
/// @param waiting a sign-in that waits for a person; empty: none
/// @param lastResult how the last sign-in or wish ended; empty: not known
public record OAuthFacts(
        boolean unattended,
        boolean usable,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        Attempts attempts,
        Optional<SignInReason> signIn,
        Optional<OAuthProgress> waiting,
        String lastResult) {

    public OAuthFacts with(String result) {
        return new OAuthFacts(
                unattended, usable, issuedAt, expiresAt, attempts, signIn, waiting, result);
    }

    public static OAuthFacts of(
            StoredTokens tokens,
            boolean unattended,
            Attempts attempts,
            Optional<SignInReason> signIn,
            Optional<OAuthProgress> waiting,
            String lastResult,
            Instant now) {
        return new OAuthFacts(
                unattended,
                tokens.usable(now),
                tokens.issuedAt(),
                tokens.expiresAt(),
                attempts,
                signIn,
                waiting,
                lastResult);
    }
}
