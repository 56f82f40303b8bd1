package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.SignInReason;
import java.time.Instant;

/// What came of an attempt to refresh.
sealed interface Refreshed {
    /// As it stands afterwards, as far as is known.
    TokenSecret secret();

    /// New tokens are in force, ours or a sibling's.
    record Renewed(TokenSecret secret) implements Refreshed {}

    /// There was nothing to do, or another one is at it: look again then.
    record NotNow(TokenSecret secret, Instant until) implements Refreshed {}

    /// Somebody wrote in between: begin again.
    record Overtaken(TokenSecret secret) implements Refreshed {}

    /// The provider did not give new tokens this time.
    record Failed(TokenSecret secret, Attempts attempts) implements Refreshed {}

    /// A person has to sign in.
    record NeedsSignIn(TokenSecret secret, SignInReason reason) implements Refreshed {}
}
