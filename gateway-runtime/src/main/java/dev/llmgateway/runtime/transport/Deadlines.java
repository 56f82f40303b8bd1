package dev.llmgateway.runtime.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Deadlines of one loop, swept together: no timer object per request.
///
/// A deadline fires at most one sweep late and never early. Setting and moving one is a field
/// write.
final class Deadlines {
    /// A point in time that something waits for; never when `at` is `NEVER`.
    abstract static class Deadline {
        static final long NEVER = Long.MAX_VALUE;

        private long at = NEVER;
        private int slot = -1;

        final void at(long millis) {
            at = millis;
        }

        final void never() {
            at = NEVER;
        }

        /// The time has come; the deadline is `NEVER` again.
        abstract void expired(long now);
    }

    private final List<Deadline> all = new ArrayList<>();

    void add(Deadline deadline) {
        deadline.slot = all.size();
        all.add(deadline);
    }

    void remove(Deadline deadline) {
        int slot = deadline.slot;
        if (slot < 0) {
            return;
        }
        Deadline last = all.removeLast();
        if (slot < all.size()) {
            all.set(slot, last);
            last.slot = slot;
        }
        deadline.slot = -1;
    }

    /// Deadlines may remove themselves and others while it runs. One that throws ends neither this
    /// sweep nor the next ones.
    ///
    /// @param bugs hears of what was thrown
    void sweep(long now, Consumer<Throwable> bugs) {
        for (int i = all.size() - 1; i >= 0; i--) {
            Deadline deadline = i < all.size() ? all.get(i) : null;
            if (deadline != null && deadline.at <= now) {
                deadline.never();
                expire(deadline, now, bugs);
            }
        }
    }

    private static void expire(Deadline deadline, long now, Consumer<Throwable> bugs) {
        try {
            deadline.expired(now);
        } catch (RuntimeException e) {
            bugs.accept(e);
        }
    }

    int size() {
        return all.size();
    }
}
