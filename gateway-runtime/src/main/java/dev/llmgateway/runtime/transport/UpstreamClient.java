package dev.llmgateway.runtime.transport;

/// Calls upstreams on one loop.
public interface UpstreamClient {
    /// Starts a call; never blocks. `reply` hears of every outcome on the same loop, but not before
    /// this method returned. Takes ownership of the request's buffers.
    UpstreamCall call(Endpoint endpoint, UpstreamRequest request, Reply reply);
}
