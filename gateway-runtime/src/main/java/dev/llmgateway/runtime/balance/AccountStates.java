package dev.llmgateway.runtime.balance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the process knows of accounts beyond any plan, keyed by the object's UID.
public final class AccountStates {
    private final Map<String, AccountState> states = new ConcurrentHashMap<>();

    public AccountState of(String uid) {
        AccountState known = states.get(uid);
        return known != null ? known : states.computeIfAbsent(uid, _ -> new AccountState());
    }
}
