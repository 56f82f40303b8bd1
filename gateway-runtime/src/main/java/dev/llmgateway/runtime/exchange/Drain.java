package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// The end of one upstream call: what follows a reply that is of no more use is read for a moment,
/// so that the connection can be used again, or the call is given up.
final class Drain {
    /// How long the rest of a reply may take; a new connection costs less than waiting longer.
    private static final long MILLIS = 1_000;

    private final Loop loop;
    private final @Nullable UpstreamCall call;
    private Loop.@Nullable Cancellable limit;

    Drain(Loop loop, @Nullable UpstreamCall call) {
        this.loop = loop;
        this.call = call;
    }

    void begin() {
        limit = loop.after(MILLIS, this::giveUp);
    }

    /// The reply has ended by itself.
    void done() {
        if (limit != null) {
            limit.cancel();
        }
    }

    /// Nobody would read on, and a stream may be long.
    void giveUp() {
        if (call != null) {
            call.cancel();
        }
    }
}
