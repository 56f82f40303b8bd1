package dev.llmgateway.runtime.balance;

import java.util.concurrent.atomic.AtomicLong;

/// Random numbers for all loops at once, without a lock; the same seed gives the same sequence.
public final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final AtomicLong state;

    public Dice(long seed) {
        this.state = new AtomicLong(seed);
    }

    /// In `[0, 1)`.
    double roll() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /// In `[0, bound)`.
    long below(long bound) {
        return (long) (roll() * bound);
    }

    /// The finish of SplitMix64 (Steele, Lea, Flood 2014).
    private long next() {
        long z = state.getAndAdd(GOLDEN);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
