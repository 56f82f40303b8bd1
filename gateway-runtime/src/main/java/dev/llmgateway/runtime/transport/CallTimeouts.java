package dev.llmgateway.runtime.transport;

/// Time limits of one call in milliseconds; 0: none.
///
/// @param firstByte until the reply's first byte
/// @param idle silence inside the reply
/// @param total until the reply's end
public record CallTimeouts(long connect, long tls, long firstByte, long idle, long total) {}
