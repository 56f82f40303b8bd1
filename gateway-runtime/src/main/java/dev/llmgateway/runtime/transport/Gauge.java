package dev.llmgateway.runtime.transport;

import java.util.concurrent.atomic.AtomicInteger;

/// A count that one loop changes and any thread reads; costs the loop a plain write.
final class Gauge {
    private final AtomicInteger value = new AtomicInteger();

    void up() {
        value.lazySet(value.getPlain() + 1);
    }

    void down() {
        value.lazySet(value.getPlain() - 1);
    }

    int read() {
        return value.get();
    }
}
