package dev.llmgateway.runtime.transport;

/// One call under way.
public interface UpstreamCall {
    /// Gives up: nothing more reaches the `Reply`; the connection is closed. Harmless after the
    /// end.
    void cancel();

    /// The client can take bytes again.
    void resume();

    /// The reply brought what it is for, not just signs of life; puts off `CallTimeouts.noContent`.
    void progressed();
}
