package dev.llmgateway.crds.oauth;

/// Why an account needs a person; the words of condition `CredentialValid` (spec/resources.md).
public enum SignInReason {
    /// Nobody has signed in yet.
    AwaitingAuthorization,
    /// The token has ended and there is none to refresh it with.
    Expired,
    /// The provider refused the refresh token: spent elsewhere, revoked, or too old.
    InvalidGrant,
    /// A refresh was cut off between the provider's answer and storing it.
    RefreshLost
}
