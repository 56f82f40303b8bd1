package dev.llmgateway.runtime.balance;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the process knows of accounts beyond any plan, keyed by the object's UID.
public final class AccountStates {
    private final Map<String, AccountState> states = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private final AtomicBoolean ejecting = new AtomicBoolean();

    public AccountStates() {
        this(InstantSource.system());
    }

    /// @param clock dates what changes
    public AccountStates(InstantSource clock) {
        this.clock = clock;
    }

    public AccountState of(String uid) {
        AccountState known = states.get(uid);
        return known != null ? known : states.computeIfAbsent(uid, _ -> new AccountState(clock));
    }

    /// Claims the right to eject an account. There is one at a time, or two loops could eject the
    /// last two accounts, each counting on the other. False: another loop is at it; nobody waits,
    /// since a failure that could not eject is counted, and the next one will.
    boolean claimEjection() {
        return ejecting.compareAndSet(false, true);
    }

    void releaseEjection() {
        ejecting.set(false);
    }
}
