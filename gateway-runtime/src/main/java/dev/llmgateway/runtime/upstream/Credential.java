package dev.llmgateway.runtime.upstream;

/// What authenticates one upstream call.
public sealed interface Credential {
    /// A key or an access token.
    record Value(String text) implements Credential {
        @Override
        public String toString() {
            return "Value[…]";
        }
    }

    /// The caller's own credential headers are forwarded.
    record Callers() implements Credential {}

    /// None is sent.
    record None() implements Credential {}
}
