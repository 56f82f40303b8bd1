package dev.llmgateway.runtime.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/// Bytes from one loop to the one writer thread, without locks. A line that does not fit is dropped
/// and counted, never waited for.
final class LogRing {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            var lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(LogRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(LogRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] ring;
    private final int mask;

    /// Next byte to read; moved by the writer thread only.
    private volatile long head;

    /// Next byte to fill; moved by the loop only.
    private volatile long tail;

    private final LongAdder dropped = new LongAdder();

    /// @param capacity bytes; a power of two
    LogRing(int capacity) {
        this.ring = new byte[capacity];
        this.mask = capacity - 1;
    }

    /// Called on the loop.
    void offer(byte[] line, int length) {
        long to = tail;
        if (length > ring.length - (to - (long) HEAD.getAcquire(this))) {
            dropped.increment();
            return;
        }
        int at = (int) to & mask;
        int first = Math.min(length, ring.length - at);
        System.arraycopy(line, 0, ring, at, first);
        System.arraycopy(line, first, ring, 0, length - first);
        TAIL.setRelease(this, to + length);
    }

    /// Called on the writer thread; true when something was written.
    boolean drainTo(OutputStream out) throws IOException {
        long from = head;
        long to = (long) TAIL.getAcquire(this);
        if (from == to) {
            return false;
        }
        int at = (int) from & mask;
        int length = (int) (to - from);
        int first = Math.min(length, ring.length - at);
        out.write(ring, at, first);
        out.write(ring, 0, length - first);
        HEAD.setRelease(this, to);
        return true;
    }

    /// Lines lost because the ring was full.
    long dropped() {
        return dropped.sum();
    }
}
