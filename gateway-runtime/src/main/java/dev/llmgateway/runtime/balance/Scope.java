package dev.llmgateway.runtime.balance;

/// How much of an account a failure is about.
public enum Scope {
    Account,
    /// One model on the account; the others go on.
    Model
}
