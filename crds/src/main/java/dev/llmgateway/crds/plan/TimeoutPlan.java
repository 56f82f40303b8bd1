package dev.llmgateway.crds.plan;

/// Time limits of one upstream call in milliseconds.
///
/// @param firstByteMillis until the first byte of a stream's reply
/// @param responseMillis the whole reply of a non-streaming call
/// @param streamIdleMillis silence inside a stream
/// @param streamNoContentMillis a stream that carries only pings and comments
/// @param totalMillis everything; 0: no limit
public record TimeoutPlan(
        long connectMillis,
        long tlsMillis,
        long firstByteMillis,
        long responseMillis,
        long streamIdleMillis,
        long streamNoContentMillis,
        long totalMillis) {
    /// Defaults of spec/resources.md: 5s, 5s, 120s, 10m, 90s, 10m, none.
    public static final TimeoutPlan DEFAULT =
            new TimeoutPlan(5_000, 5_000, 120_000, 600_000, 90_000, 600_000, 0);
}
