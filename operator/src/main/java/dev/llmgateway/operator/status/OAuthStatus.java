package dev.llmgateway.operator.status;

import dev.llmgateway.crds.oauth.SignInReason;
import dev.llmgateway.crds.resource.Reasons.CredentialValidReason;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.OAuthProgress;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a sign-in says in the status of its account.
final class OAuthStatus {
    private static final String CREDENTIAL_VALID = "CredentialValid";
    private static final String START = "; sign in: kubectl llm-gateway oauth start NAME";

    private OAuthStatus() {}

    /// Empty: upstreams decide.
    ///
    /// @param awaited there is no access token
    static Optional<Finding> credentialValid(OAuthFacts facts, boolean awaited) {
        if (facts.signIn().isPresent() && !facts.unattended()) {
            return Optional.of(signIn(facts, facts.signIn().get()));
        }
        if (awaited) {
            return Optional.of(facts.attempts().failures() > 0 ? failing(facts) : asked());
        }
        if (!facts.usable()) {
            return Optional.of(
                    facts.attempts().failures() > 0
                            ? failing(facts)
                            : bad(
                                    CredentialValidReason.Expired,
                                    "the token ended at "
                                            + time(facts.expiresAt())
                                            + "; a new one is asked for"));
        }
        return Optional.empty();
    }

    /// Of a token that no upstream refuses; empty: it was written by hand.
    static Optional<Finding> issued(OAuthFacts facts) {
        String life = "the provider issued it at " + time(facts.issuedAt()) + until(facts);
        if (facts.attempts().failures() > 0) {
            return Optional.of(
                    Finding.good(
                            CREDENTIAL_VALID,
                            CredentialValidReason.RefreshFailed,
                            "it is in use" + until(facts) + "; " + failure(facts)));
        }
        return facts.issuedAt().isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.good(CREDENTIAL_VALID, CredentialValidReason.Verified, life));
    }

    private static Finding signIn(OAuthFacts facts, SignInReason reason) {
        String inUse = facts.usable() ? "; the token is in use" + until(facts) : "";
        return switch (reason) {
            case AwaitingAuthorization ->
                    bad(
                            CredentialValidReason.AwaitingAuthorization,
                            "nobody has signed in yet" + START);
            case Expired ->
                    bad(
                            CredentialValidReason.Expired,
                            "the token ended at "
                                    + time(facts.expiresAt())
                                    + " and there is none to refresh it with"
                                    + START);
            case InvalidGrant ->
                    bad(
                            CredentialValidReason.InvalidGrant,
                            "the provider refused the refresh token for good" + inUse + START);
            case RefreshLost ->
                    bad(
                            CredentialValidReason.RefreshLost,
                            "a refresh was cut off before its answer was stored, and the provider"
                                    + " takes the old refresh token no more"
                                    + inUse
                                    + START);
        };
    }

    private static Finding asked() {
        return Finding.unknown(
                CREDENTIAL_VALID, CredentialValidReason.Unverified, "a token is being asked for");
    }

    private static Finding failing(OAuthFacts facts) {
        return bad(CredentialValidReason.RefreshFailed, failure(facts));
    }

    private static String failure(OAuthFacts facts) {
        return "the last refresh failed: "
                + facts.attempts().lastFailure()
                + " ("
                + facts.attempts().failures()
                + (facts.attempts().failures() == 1 ? " failure)" : " failures in a row)");
    }

    private static Finding bad(CredentialValidReason reason, String message) {
        return Finding.bad(CREDENTIAL_VALID, reason, message);
    }

    /// Empty: nothing that goes before what upstreams say.
    static Optional<State> state(OAuthFacts facts, boolean awaited) {
        if (facts.signIn().isPresent() && !facts.unattended()) {
            return Optional.of(State.NeedsAuthorization);
        }
        if (awaited && facts.attempts().failures() == 0) {
            return Optional.of(State.Pending);
        }
        return awaited || !facts.usable() ? Optional.of(State.CredentialInvalid) : Optional.empty();
    }

    static @Nullable OAuthProgress progress(OAuthFacts facts) {
        String result = facts.lastResult().isEmpty() ? null : facts.lastResult();
        if (facts.waiting().isEmpty()) {
            return result == null ? null : new OAuthProgress(null, null, null, result);
        }
        OAuthProgress waiting = facts.waiting().get();
        return new OAuthProgress(
                waiting.verificationURL(), waiting.userCode(), waiting.expiresAt(), result);
    }

    static @Nullable String text(Optional<Instant> time) {
        return time.isEmpty() ? null : time(time);
    }

    private static String until(OAuthFacts facts) {
        return facts.expiresAt().isEmpty() ? "" : ", until " + time(facts.expiresAt());
    }

    private static String time(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("?");
    }
}
