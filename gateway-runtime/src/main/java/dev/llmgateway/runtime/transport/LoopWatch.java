package dev.llmgateway.runtime.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Measures on one event loop how late it comes to a task that is due. Whatever keeps the loop
/// longer than the period is seen, shorted by a period at most.
final class LoopWatch {
    private static final long PERIOD_MILLIS = 20;

    private final AtomicLongArray counts = new AtomicLongArray(LoopLags.BOUNDS.size() + 1);
    private final AtomicLong sum = new AtomicLong();
    private final AtomicLong worst = new AtomicLong();
    private long due;

    static LoopWatch on(EventLoop eventLoop) {
        LoopWatch watch = new LoopWatch();
        watch.due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
        eventLoop.scheduleWithFixedDelay(
                () -> watch.ran(System.nanoTime()),
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
        return watch;
    }

    private void ran(long now) {
        observe(TimeUnit.NANOSECONDS.toMillis(now - due));
        due = now + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    }

    /// Only the loop writes.
    void observe(long late) {
        long millis = Math.max(0, late);
        int bucket = bucket(millis);
        counts.lazySet(bucket, counts.getPlain(bucket) + 1);
        sum.lazySet(sum.getPlain() + millis);
        if (millis > worst.getPlain()) {
            worst.lazySet(millis);
        }
    }

    private static int bucket(long millis) {
        int i = 0;
        while (i < LoopLags.BOUNDS.size() && millis > LoopLags.BOUNDS.get(i)) {
            i++;
        }
        return i;
    }

    /// From any thread.
    LoopLags read() {
        List<Long> read = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            read.add(counts.get(i));
        }
        return new LoopLags(read, sum.get(), worst.get());
    }
}
