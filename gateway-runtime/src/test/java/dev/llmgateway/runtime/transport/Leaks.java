package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Buffers that were collected without being released, as Netty's detector reports them. The
/// detector looks for them when a buffer is allocated, and finds those that a collection took.
final class Leaks {
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    private Leaks() {}

    /// Begins to listen; harmless to repeat.
    static void watch() {
        ByteBufUtil.setLeakListener((type, records) -> FOUND.add(type + records));
    }

    /// What was found until now; the list is emptied.
    static List<String> take() {
        ByteBufAllocator.DEFAULT.directBuffer(16).release(); // makes the detector look
        List<String> found = List.copyOf(FOUND);
        FOUND.clear();
        return found;
    }

    static void assertNone() {
        assertThat(take()).isEmpty();
    }

    /// Also finds what leaked just now.
    static void assertNoneAfterCollection() {
        collect();
        assertNone();
    }

    @SuppressWarnings("CallToSystemGC") // only a collected buffer can be seen to have leaked
    static void collect() {
        System.gc();
    }
}
