package dev.llmgateway.runtime.balance;

/// What the upstream said about when to come back.
public sealed interface Said {
    record Nothing() implements Said {}

    /// `retry-after` in any of its forms.
    record RetryAfter(long millis) implements Said {}

    /// A reset header of a limit that was hit; no quota window was rejected.
    record ResetAt(long epochMillis) implements Said {}

    /// The upstream rejected a quota window (such as 5 hours or 7 days) that opens again then.
    record WindowRejected(long resetAtMillis) implements Said {}
}
