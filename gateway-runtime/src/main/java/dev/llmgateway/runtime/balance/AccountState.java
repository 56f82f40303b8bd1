package dev.llmgateway.runtime.balance;

import java.util.concurrent.atomic.AtomicInteger;

/// Live state of one account, shared by all loops.
public final class AccountState {
    private final AtomicInteger inFlight = new AtomicInteger();

    public void started() {
        inFlight.incrementAndGet();
    }

    public void finished() {
        inFlight.decrementAndGet();
    }

    /// Requests being served by this account now.
    public int inFlight() {
        return inFlight.get();
    }
}
