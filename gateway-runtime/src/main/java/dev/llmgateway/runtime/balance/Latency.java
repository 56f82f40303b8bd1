package dev.llmgateway.runtime.balance;

import java.util.concurrent.atomic.AtomicLong;

/// Moving average of an account's time to its first answer, in milliseconds. A sample lost in a
/// race is no loss.
final class Latency {
    private static final double NEWEST = 0.2;

    private final AtomicLong bits = new AtomicLong(Double.doubleToRawLongBits(Double.NaN));

    void sample(long millis) {
        double known = average();
        double next = Double.isNaN(known) ? millis : known + NEWEST * (millis - known);
        bits.set(Double.doubleToRawLongBits(next));
    }

    /// NaN: never measured.
    double average() {
        return Double.longBitsToDouble(bits.get());
    }
}
