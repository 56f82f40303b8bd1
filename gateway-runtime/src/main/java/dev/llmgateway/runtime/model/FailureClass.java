package dev.llmgateway.runtime.model;

/// What a failed attempt says about whom (design/architecture.md, Failure classes).
public enum FailureClass {
    /// The request is at fault: to the client as it is, never retried.
    Request,
    /// The provider failed.
    Upstream,
    /// The account has no capacity now.
    Capacity,
    /// The account's credential was refused.
    Credential,
    /// The bytes did not get through.
    Transport
}
