package dev.llmgateway.runtime.transport;

/// Time limits of one call in milliseconds; 0: none.
///
/// @param firstByte until the reply's first byte
/// @param idle silence inside the reply
/// @param noContent without [UpstreamCall#progressed], from the reply's head on
/// @param total until the reply's end
public record CallTimeouts(
        long connect, long tls, long firstByte, long idle, long noContent, long total) {
    /// Of calls whose replies have no notion of content.
    public CallTimeouts(long connect, long tls, long firstByte, long idle, long total) {
        this(connect, tls, firstByte, idle, 0, total);
    }
}
