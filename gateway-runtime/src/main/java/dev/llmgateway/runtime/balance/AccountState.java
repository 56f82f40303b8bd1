package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.CapacityPlan;
import dev.llmgateway.runtime.model.Headroom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Live state of one account, shared by all loops: health, load and what its quota headers said.
/// The usual request costs one volatile read of an immutable standing; changes are CAS.
public final class AccountState {
    /// Changes of health that are remembered.
    private static final int REMEMBERED = 16;

    /// Reading a dozen headers of every reply would cost more than it tells.
    private static final long HEADROOM_MILLIS = 1_000;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.SERVING);
    private final AtomicLong probes = new AtomicLong();
    private final MinuteRate requests = new MinuteRate();
    private final MinuteRate tokens = new MinuteRate();
    private final Latency latency = new Latency();
    private final AtomicReference<@Nullable Object> credential = new AtomicReference<>();
    private volatile Headroom headroom = Headroom.UNKNOWN;
    private volatile long headroomMillis;
    private volatile @Nullable Cause lastFailure;
    private final AtomicReference<List<HealthChange>> changes = new AtomicReference<>(List.of());
    private final InstantSource clock;

    AccountState(InstantSource clock) {
        this.clock = clock;
    }

    void finished() {
        inFlight.decrementAndGet();
    }

    /// Requests being served by this account now.
    public int inFlight() {
        return inFlight.get();
    }

    /// As of now, for people and the operator.
    public AccountView view() {
        return AccountView.of(this);
    }

    /// The credential in force, only ever compared. Another one ends every parking: what the old
    /// one was refused, or had used up, says nothing about the new one.
    ///
    /// @param renewed it is the same sign-in's next token: only what its predecessor was refused is
    ///   forgotten, since money and quota belong to who signed in
    public void credential(Object now, boolean renewed) {
        Object before = credential.getAndSet(now);
        if (before == null || before.equals(now)) {
            return;
        }
        if (renewed) {
            update(standing -> standing.unparked(EnumSet.of(Health.Parking.Credential)));
        } else {
            update(standing -> standing.unparked(EnumSet.allOf(Health.Parking.class)));
            headroom(Headroom.UNKNOWN, 0);
        }
    }

    Standing standing() {
        return standing.get();
    }

    boolean replace(Standing seen, Standing next) {
        if (!standing.compareAndSet(seen, next)) {
            return false;
        }
        remember(seen, next);
        return true;
    }

    void update(UnaryOperator<Standing> change) {
        Standing seen;
        Standing next;
        do {
            seen = standing.get();
            next = change.apply(seen);
        } while (!seen.equals(next) && !replace(seen, next));
    }

    private void remember(Standing before, Standing after) {
        List<HealthChange> found = HealthChange.between(before, after, clock.millis());
        if (!found.isEmpty()) {
            changes.updateAndGet(known -> {
                List<HealthChange> all = new ArrayList<>(known);
                all.addAll(found);
                return List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
            });
        }
    }

    /// The last changes of health, oldest first.
    List<HealthChange> changes() {
        return changes.get();
    }

    /// Whether the account's own limits leave room for one request more.
    boolean hasRoom(CapacityPlan capacity, long nowMillis) {
        return (capacity.maxConcurrent() == 0 || inFlight.get() < capacity.maxConcurrent())
                && (capacity.requestsPerMinute() == 0
                        || requests.hasRoom(1, capacity.requestsPerMinute(), nowMillis))
                && (capacity.tokensPerMinute() == 0
                        || tokens.hasRoom(1, capacity.tokensPerMinute(), nowMillis));
    }

    /// Takes room for one request; false: others were faster.
    boolean enter(CapacityPlan capacity, long nowMillis) {
        int running = inFlight.incrementAndGet();
        boolean room =
                (capacity.maxConcurrent() == 0 || running <= capacity.maxConcurrent())
                        && (capacity.requestsPerMinute() == 0
                                || requests.take(capacity.requestsPerMinute(), nowMillis));
        if (!room) {
            inFlight.decrementAndGet();
        }
        return room;
    }

    /// The room that `enter` took was not used.
    void giveBack(CapacityPlan capacity, long nowMillis) {
        inFlight.decrementAndGet();
        if (capacity.requestsPerMinute() > 0) {
            requests.giveBack(nowMillis);
        }
    }

    /// How many probes have begun.
    long probes() {
        return probes.get();
    }

    long nextProbe() {
        return probes.incrementAndGet();
    }

    /// Milliseconds until the per-minute limits have room again.
    long roomInMillis(CapacityPlan capacity, long nowMillis) {
        long wait = 0;
        if (capacity.requestsPerMinute() > 0) {
            wait = requests.roomInMillis(1, capacity.requestsPerMinute(), nowMillis);
        }
        if (capacity.tokensPerMinute() > 0) {
            wait = Math.max(wait, tokens.roomInMillis(1, capacity.tokensPerMinute(), nowMillis));
        }
        return wait;
    }

    void used(long amount, long nowMillis) {
        tokens.add(amount, nowMillis);
    }

    Latency latency() {
        return latency;
    }

    Headroom headroom() {
        return headroom;
    }

    void headroom(Headroom seen, long nowMillis) {
        headroom = seen;
        headroomMillis = nowMillis;
    }

    /// Whether what is known of the quota is old enough to read headers again.
    boolean headroomStale(long nowMillis) {
        return Math.abs(nowMillis - headroomMillis) >= HEADROOM_MILLIS;
    }

    /// Of its last failure that counted, or null.
    @Nullable Cause lastFailure() {
        return lastFailure;
    }

    void lastFailure(Cause cause) {
        lastFailure = cause;
    }
}
