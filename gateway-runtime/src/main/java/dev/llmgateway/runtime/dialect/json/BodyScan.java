package dev.llmgateway.runtime.dialect.json;

/// How the scan of a request body ended.
public sealed interface BodyScan {
    record Valid(BodyFacts facts) implements BodyScan {}

    /// @param reason short, without bytes of the body
    /// @param offset of the byte that cannot be accepted; the body's length when it ended too early
    record Invalid(String reason, int offset) implements BodyScan {}
}
