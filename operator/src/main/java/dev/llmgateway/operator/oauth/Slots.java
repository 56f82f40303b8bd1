package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.RefreshPace;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Places for refreshes: four at once, of which five begin in a second, whoever waits longest
/// first.
final class Slots {
    private final RefreshPace pace = new RefreshPace();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private int taken;

    /// @param free must return at once; is run when a place may be free after none was
    synchronized boolean take(Runnable free) {
        if (taken == RefreshPace.MOST_AT_ONCE) {
            waiting.add(free);
            return false;
        }
        taken++;
        waiting.remove(free);
        return true;
    }

    /// How long to wait before the provider is asked.
    Duration pause() {
        return Duration.ofNanos(pace.take(System.nanoTime()));
    }

    void giveBack() {
        Optional<Runnable> next;
        synchronized (this) {
            taken--;
            next = waiting.stream().findFirst();
            next.ifPresent(waiting::remove);
        }
        next.ifPresent(Runnable::run);
    }

    synchronized void forget(Runnable free) {
        waiting.remove(free);
    }
}
