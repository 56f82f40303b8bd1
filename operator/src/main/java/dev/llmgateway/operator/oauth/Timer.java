package dev.llmgateway.operator.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The next moment of one account. All accounts share one thread for it.
final class Timer {
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    /// A wall clock may be set; nothing is slept through for longer.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ScheduledExecutorService timers;
    private final Clock clock;
    private final Runnable task;
    private @Nullable Future<?> next;

    /// @param task must return at once
    Timer(ScheduledExecutorService timers, Clock clock, Runnable task) {
        this.timers = timers;
        this.clock = clock;
        this.task = task;
    }

    /// @param moment `Instant.MAX`: never
    void at(Instant moment) {
        if (moment.equals(Instant.MAX)) {
            cancel();
            return;
        }
        Instant now = clock.instant();
        in(moment.isAfter(now) ? Duration.between(now, moment) : AT_ONCE);
    }

    synchronized void in(Duration delay) {
        cancel();
        if (!timers.isShutdown()) {
            Duration capped = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
            next = timers.schedule(task, capped.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void cancel() {
        Future<?> before = next;
        if (before != null) {
            before.cancel(false);
        }
    }
}
