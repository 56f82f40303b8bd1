package dev.llmgateway.cli.endpoint;

import java.net.SocketTimeoutException;
import java.time.Duration;

/// When a call must have ended, on the monotonic clock.
record Deadline(long nanos) {
    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /// Milliseconds left, at least 1.
    ///
    /// @throws SocketTimeoutException none is
    int left() throws SocketTimeoutException {
        long left = (nanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return Math.toIntExact(left);
    }
}
