package dev.llmgateway.crds.plan;

/// What a plan usually has some of. A running gateway takes a plan that has suddenly none only when
/// the index says that this is meant.
public enum Emptiable {
    Accounts,
    Keys
}
