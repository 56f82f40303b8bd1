package dev.llmgateway.runtime.dialect.translation;

/// What a client's reply needs that the upstream does not tell.
///
/// @param model the name to show; empty: the upstream's
/// @param createdSeconds gateway clock, epoch seconds
/// @param includeUsage see `ChatRequest`
/// @param inputEstimate input tokens, estimated (bytes of text / 4), shown until the upstream tells
/// @param customTools the client declared custom tools and understands calls of them
/// @param reasoning thoughts are shown to Chat clients as `reasoning_content`
/// @param origin who answers
/// @param memory of the client's own dialect
public record ReplyContext(
        String model,
        long createdSeconds,
        boolean includeUsage,
        long inputEstimate,
        boolean customTools,
        boolean reasoning,
        Origin origin,
        RequestMemory memory) {
    /// Of a client whose dialect keeps nothing.
    public ReplyContext(
            String model,
            long createdSeconds,
            boolean includeUsage,
            long inputEstimate,
            boolean customTools,
            boolean reasoning) {
        this(
                model,
                createdSeconds,
                includeUsage,
                inputEstimate,
                customTools,
                reasoning,
                Origin.UNTOLD,
                RequestMemory.NONE);
    }
}
