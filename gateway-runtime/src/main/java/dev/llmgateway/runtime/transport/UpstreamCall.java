package dev.llmgateway.runtime.transport;

/// One call under way.
public interface UpstreamCall {
    /// Gives up: nothing more reaches the `Reply`; the connection is closed. Harmless after the
    /// end.
    void cancel();

    /// The client can take bytes again.
    void resume();
}
