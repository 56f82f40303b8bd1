package dev.llmgateway.crds.plan;

/// Something of a plan that could not go into its bundle.
///
/// @param kind `UpstreamAccount`, `GatewayKey`, `GatewayConfig` or `Secret`
/// @param message what is wrong and what to change; never a secret value
public record LeftOut(String kind, ObjectRef object, Why why, String message) {
    /// What kept it out.
    public enum Why {
        /// Its part, or the gateway, would grow over what an API server stores.
        TooLarge,
        /// The value its account authenticates with is missing.
        NoCredential
    }

    static LeftOut tooLarge(String kind, ObjectRef object) {
        return new LeftOut(
                kind,
                object,
                Why.TooLarge,
                "the gateway's configuration is full: remove what is not needed, or use a second GatewayConfig");
    }

    static LeftOut noCredential(ObjectRef account) {
        return new LeftOut(
                "UpstreamAccount",
                account,
                Why.NoCredential,
                "the Secret has no value under the key the account names");
    }
}
