package dev.llmgateway.crds.compile;

/// Why a diagnostic was made: the reasons of the conditions in spec/resources.md, and two that only
/// warn.
public enum Reason {
    NotPermitted("Accepted"),
    GatewayNotFound("Accepted"),
    Conflict("Accepted"),
    UnsupportedValue("Accepted"),
    TTLExceedsPolicy("Accepted"),
    ConfigTooLarge("Accepted"),
    SecretNotFound("ResolvedRefs"),
    SecretKeyMissing("ResolvedRefs"),
    SecretNotLabelled("ResolvedRefs"),
    InvalidCredential("ResolvedRefs"),
    /// The key's Secret has not been generated yet.
    Pending("SecretReady"),
    /// A field that is set and has no effect in this release.
    NotEnforced("Accepted"),
    /// Nothing can serve what the object asks for.
    NoUsableAccount("Degraded");

    private final String condition;

    Reason(String condition) {
        this.condition = condition;
    }

    /// Type of the condition that carries this reason.
    public String condition() {
        return condition;
    }
}
