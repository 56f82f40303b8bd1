package dev.llmgateway.runtime.balance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Which account a session went to last: a bounded memory of the process.
///
/// Two generations: when the young one is full it becomes the old one, and what is used again moves
/// back; so the forgotten sessions are the longest unused, without a list to keep in order.
public final class Pins {
    /// Sessions of one generation: at about 100 bytes each some 6 MiB in all.
    private static final int GENERATION = 32_768;

    private final AtomicReference<Generations> generations =
            new AtomicReference<>(new Generations(fresh(), fresh()));
    private final int size;

    public Pins() {
        this(GENERATION);
    }

    Pins(int generation) {
        this.size = generation;
    }

    /// UID of the session's account, or null when there is none or its time is over.
    @Nullable String account(Session session, long nowMillis, long ttlMillis) {
        Pin pin = find(session);
        return pin != null && nowMillis - pin.usedMillis < ttlMillis ? pin.uid : null;
    }

    /// The session goes to this account; its time begins anew, as the provider's cache's does.
    void keep(Session session, String uid, long nowMillis) {
        Pin pin = find(session);
        if (pin == null) {
            put(session, new Pin(uid, nowMillis));
        } else {
            pin.uid = uid;
            pin.usedMillis = nowMillis;
        }
    }

    int sessions() {
        Generations now = generations.get();
        return now.young.size() + now.old.size();
    }

    private @Nullable Pin find(Session session) {
        Generations now = generations.get();
        Pin young = now.young.get(session);
        if (young != null) {
            return young;
        }
        Pin old = now.old.remove(session);
        if (old != null) {
            put(session, old);
        }
        return old;
    }

    private void put(Session session, Pin pin) {
        Generations now = generations.get();
        if (now.young.size() >= size) {
            generations.compareAndSet(now, new Generations(fresh(), now.young));
            now = generations.get();
        }
        now.young.put(session, pin);
    }

    private static Map<Session, Pin> fresh() {
        return new ConcurrentHashMap<>();
    }

    private record Generations(Map<Session, Pin> young, Map<Session, Pin> old) {}

    /// Two fields that are written apart: a reader between the two sees a time that is off by one
    /// request, which does no harm.
    private static final class Pin {
        private volatile String uid;
        private volatile long usedMillis;

        Pin(String uid, long usedMillis) {
            this.uid = uid;
            this.usedMillis = usedMillis;
        }
    }
}
