package dev.llmgateway.runtime.source.kubernetes;

import java.util.random.RandomGenerator;

/// How long to wait between tries: doubling, with half of each pause drawn at random so that the
/// pods of a cluster do not return at once.
public final class Backoff {
    private final long first;
    private final long longest;
    private final RandomGenerator random;
    private long next;

    /// @param first milliseconds
    /// @param longest milliseconds
    public Backoff(long first, long longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /// Milliseconds to wait now.
    public long pause() {
        long whole = next;
        next = Math.min(longest, whole * 2);
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }

    /// All is well again.
    public void reset() {
        next = first;
    }
}
