package dev.llmgateway.runtime.transport;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes of request bodies that the whole process may hold, charged as they arrive.
final class BodyBudget {
    private final AtomicLong used = new AtomicLong();
    private volatile long limit;

    BodyBudget(long limit) {
        this.limit = limit;
    }

    void limit(long bytes) {
        limit = bytes;
    }

    /// False: there is no room now, and nothing was charged. A lone body always fits.
    boolean charge(int bytes) {
        long after = used.addAndGet(bytes);
        if (after <= limit || after == bytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void refund(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
