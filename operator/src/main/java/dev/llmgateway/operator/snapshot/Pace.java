package dev.llmgateway.operator.snapshot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs one task after something changed: the first change at once, a burst together, and never
/// more than half of the time, so that a large cluster leaves the processor to others.
final class Pace implements AutoCloseable {
    private static final long LEAST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().name("judge").unstarted(task));
    private final AtomicBoolean pending = new AtomicBoolean();
    private final Runnable task;
    private volatile long notBefore = System.nanoTime();

    Pace(Runnable task) {
        this.task = task;
    }

    void changed() {
        if (pending.compareAndSet(false, true) && !thread.isShutdown()) {
            long delay = Math.max(0, notBefore - System.nanoTime());
            Future<?> _ = thread.schedule(this::run, delay, TimeUnit.NANOSECONDS);
        }
    }

    private void run() {
        pending.set(false); // before the task looks, so that no change is lost
        long start = System.nanoTime();
        try {
            task.run();
        } finally {
            long end = System.nanoTime();
            notBefore = end + Math.max(LEAST_PAUSE_NANOS, end - start);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
