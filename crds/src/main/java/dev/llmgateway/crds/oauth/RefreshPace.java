package dev.llmgateway.crds.oauth;

import java.time.Duration;

/// Keeps a thousand tokens that end together from reaching a provider together: at most five
/// refreshes begin in a second (spec/oauth.md). Safe for use by several threads.
public final class RefreshPace {
    /// At most this many at once (spec/oauth.md).
    public static final int MOST_AT_ONCE = 4;

    private static final long SPACING_NANOS = Duration.ofMillis(200).toNanos();

    private long next = Long.MIN_VALUE;

    /// Takes the next place.
    ///
    /// @param nowNanos of a monotonic clock
    /// @return nanoseconds until that place; 0: now
    public synchronized long take(long nowNanos) {
        long at = next == Long.MIN_VALUE || next - nowNanos < 0 ? nowNanos : next;
        next = at + SPACING_NANOS;
        return at - nowNanos;
    }
}
