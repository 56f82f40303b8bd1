package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBufAllocator;

/// What belongs to one event loop and may be used only on it.
public interface Loop {
    /// Coarse monotonic clock in milliseconds, at most one sweep old.
    long now();

    /// Runs `task` on this loop once, `millis` from now (tens of milliseconds exact).
    Cancellable after(long millis, Runnable task);

    /// Runs `task` on this loop soon, after what is running now.
    void execute(Runnable task);

    UpstreamClient upstream();

    ByteBufAllocator allocator();

    /// Number of this loop, from 0; an index into per-loop arrays.
    int index();

    /// A pending task.
    interface Cancellable {
        void cancel();
    }
}
