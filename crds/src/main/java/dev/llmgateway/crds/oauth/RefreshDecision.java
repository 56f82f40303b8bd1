package dev.llmgateway.crds.oauth;

import java.time.Instant;

/// Whether to refresh.
public sealed interface RefreshDecision {
    /// Look again then, or when the tokens change.
    record Wait(Instant until) implements RefreshDecision {}

    /// Nothing to do until the tokens change: their end was not told.
    record Rest() implements RefreshDecision {}

    /// Ask the provider now.
    ///
    /// @param again an earlier refresh with this token was cut off; if the provider refuses it, the
    ///   family is lost
    record Refresh(boolean again) implements RefreshDecision {}

    /// A person has to sign in; while the access token lasts it stays in use.
    record SignIn(SignInReason reason) implements RefreshDecision {}
}
