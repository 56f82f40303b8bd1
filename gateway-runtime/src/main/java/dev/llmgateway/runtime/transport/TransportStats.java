package dev.llmgateway.runtime.transport;

/// A reading of the transport's gauges.
public record TransportStats(
        int clientConnections,
        int upstreamLeased,
        int upstreamIdle,
        long bufferedBodyBytes,
        long requests,
        LoopLags lags) {}
