package dev.llmgateway.crds.compile;

/// How much a diagnostic weighs.
public enum Severity {
    /// The object is left out of the plan.
    Error,
    /// The object applies; something about it deserves attention.
    Warning
}
