package dev.llmgateway.runtime.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Bytes of request bodies that the whole process may hold, and the part of them that one holder
/// may (spec/http.md, Limits). Used from all loops.
final class BodyBudget {
    /// One holder's bodies may take a quarter.
    private static final int SHARES = 4;

    private final AtomicLong used = new AtomicLong();
    private final Map<String, AtomicLong> shares = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Runnable> bells = new CopyOnWriteArrayList<>();
    private volatile long limit;

    BodyBudget(long limit) {
        this.limit = limit;
    }

    void limit(long bytes) {
        limit = bytes;
        ring();
    }

    /// What this holder's bodies take; null: nobody's, bounded by the whole budget only.
    @Nullable AtomicLong share(String holder) {
        return holder.isEmpty() ? null : shares.computeIfAbsent(holder, _ -> new AtomicLong());
    }

    /// False: there is no room now, and nothing was charged. A lone body always fits, and so does a
    /// holder's only one where the whole budget has room.
    ///
    /// @param held what the same body was charged before
    boolean charge(@Nullable AtomicLong share, long bytes, long held) {
        // The share first: what is undone of it can only mislead bodies that the full budget would
        // turn away as well.
        if (share != null && !fits(share, bytes, held, limit / SHARES)) {
            return false;
        }
        if (fits(used, bytes, held, limit)) {
            return true;
        }
        if (share != null) {
            share.addAndGet(-bytes);
        }
        return false;
    }

    private static boolean fits(AtomicLong sum, long bytes, long held, long most) {
        while (true) {
            long before = sum.get();
            if (before + bytes > most && before != held) {
                return false;
            }
            if (sum.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    void refund(@Nullable AtomicLong share, long bytes) {
        used.addAndGet(-bytes);
        if (share != null) {
            share.addAndGet(-bytes);
        }
        if (waiting.get() > 0) {
            ring();
        }
    }

    /// Registers what is called, on any thread, whenever bytes were given back while a body waits.
    void bell(Runnable bell) {
        bells.add(bell);
    }

    private void ring() {
        bells.forEach(Runnable::run);
    }

    /// A body begins to wait for room.
    ///
    /// @return how many waited before it
    int waits() {
        return waiting.getAndIncrement();
    }

    /// A body has room, or has given up.
    void waitsNoMore() {
        waiting.decrementAndGet();
    }

    long used() {
        return used.get();
    }
}
