package dev.llmgateway.runtime.balance;

import java.util.concurrent.atomic.AtomicReference;

/// How much was taken in the last minute: the running minute plus the part of the one before that
/// still counts. Lock-free.
final class MinuteRate {
    private static final long MINUTE = 60_000;

    private final AtomicReference<Window> window = new AtomicReference<>(new Window(0, 0, 0));

    /// Takes one of `limit` a minute; false: none is left.
    boolean take(long limit, long nowMillis) {
        while (true) {
            Window seen = window.get();
            Window now = seen.at(nowMillis);
            if (now.used(nowMillis) + 1 > limit) {
                return false;
            }
            if (window.compareAndSet(seen, now.plus(1))) {
                return true;
            }
        }
    }

    /// One that was taken was not used.
    void giveBack(long nowMillis) {
        window.updateAndGet(seen -> seen.at(nowMillis).lessOne());
    }

    void add(long amount, long nowMillis) {
        window.updateAndGet(seen -> seen.at(nowMillis).plus(amount));
    }

    /// Whether `amount` more would stay within `limit`.
    boolean hasRoom(long amount, long limit, long nowMillis) {
        return window.get().at(nowMillis).used(nowMillis) + amount <= limit;
    }

    /// Milliseconds until `amount` more would stay within `limit`.
    long roomInMillis(long amount, long limit, long nowMillis) {
        if (hasRoom(amount, limit, nowMillis)) {
            return 0;
        }
        Window now = window.get().at(nowMillis);
        long rest = MINUTE - nowMillis % MINUTE;
        double free = (double) limit - amount - now.current;
        if (free >= 0) {
            return Math.min(rest, rest - (long) Math.floor(free / now.previous * MINUTE));
        }
        double share = Math.max(0, (double) limit - amount) / now.current;
        return rest + (long) Math.ceil((1 - share) * MINUTE);
    }

    private record Window(long minute, long current, long previous) {
        /// A loop may be a moment behind the others; a clock that was set back begins anew.
        Window at(long nowMillis) {
            long then = nowMillis / MINUTE;
            if (then == minute || then == minute - 1) {
                return this;
            }
            return new Window(then, 0, then == minute + 1 ? current : 0);
        }

        Window plus(long amount) {
            return new Window(minute, current + amount, previous);
        }

        Window lessOne() {
            return new Window(minute, Math.max(0, current - 1), previous);
        }

        double used(long nowMillis) {
            double left = 1 - (double) (nowMillis % MINUTE) / MINUTE;
            return current + previous * left;
        }
    }
}
