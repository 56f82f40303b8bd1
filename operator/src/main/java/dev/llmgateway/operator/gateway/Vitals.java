package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.fleet.Counts;
import dev.llmgateway.operator.fleet.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What pods have told of accounts and keys, as it may stand in their statuses: health at once,
/// counters at most every five minutes (resources.md), so that traffic does not become writes.
public final class Vitals {
    private static final Duration COUNTERS = Duration.ofMinutes(5);

    private final Replicas replicas;
    private final Clock clock;
    private final Map<String, Told> accounts = new ConcurrentHashMap<>();
    private final Map<String, Told> keys = new ConcurrentHashMap<>();
    private final List<Consumer<ObjectRef>> accountListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ObjectRef>> keyListeners = new CopyOnWriteArrayList<>();

    public Vitals(Replicas replicas, Clock clock) {
        this.replicas = replicas;
        this.clock = clock;
    }

    /// @param health empty: no ready pod has told of it
    /// @param at when the counts were taken
    private record Told(Optional<AccountHealth> health, Counts counts, Instant at) {
        static final Told NOTHING = new Told(Optional.empty(), Counts.NONE, Instant.EPOCH);
    }

    public void onAccount(Consumer<ObjectRef> heard) {
        accountListeners.add(heard);
    }

    public void onKey(Consumer<ObjectRef> heard) {
        keyListeners.add(heard);
    }

    /// @param uid of the account
    public Optional<AccountHealth> health(String uid) {
        return accounts.getOrDefault(uid, Told.NOTHING).health();
    }

    /// Zeros: it has served nothing, as far as is known.
    ///
    /// @param uid of the account
    public Counts account(String uid) {
        return accounts.getOrDefault(uid, Told.NOTHING).counts();
    }

    /// The same of a key.
    public Counts key(String uid) {
        return keys.getOrDefault(uid, Told.NOTHING).counts();
    }

    /// Looks at what the pods of a gateway have told, and passes on what is news.
    ///
    /// @param members of the gateway, UIDs to names
    /// @return whether counters wait for their time
    boolean look(ObjectRef gateway, Members members) {
        Usage usage = replicas.usage(gateway).total();
        Instant now = clock.instant();
        boolean waiting = false;
        for (Map.Entry<String, ObjectRef> account : members.accounts().entrySet()) {
            String uid = account.getKey();
            waiting |=
                    note(
                            accounts,
                            uid,
                            new Told(replicas.account(gateway, uid), usage.account(uid), now),
                            () -> tell(accountListeners, account.getValue()));
        }
        for (Map.Entry<String, ObjectRef> key : members.keys().entrySet()) {
            String uid = key.getKey();
            waiting |=
                    note(
                            keys,
                            uid,
                            new Told(Optional.empty(), usage.key(uid), now),
                            () -> tell(keyListeners, key.getValue()));
        }
        return waiting;
    }

    /// The accounts and keys of a gateway, UIDs to names.
    record Members(Map<String, ObjectRef> accounts, Map<String, ObjectRef> keys) {}

    private static boolean note(Map<String, Told> book, String uid, Told now, Runnable tell) {
        Told before = book.getOrDefault(uid, Told.NOTHING);
        boolean counted = !now.counts().equals(before.counts());
        boolean due = counted && !now.at().isBefore(before.at().plus(COUNTERS));
        if (due) {
            book.put(uid, now);
            tell.run();
        } else if (!now.health().equals(before.health())) {
            book.put(uid, new Told(now.health(), before.counts(), before.at()));
            tell.run();
        }
        return counted && !due;
    }

    private static void tell(List<Consumer<ObjectRef>> listeners, ObjectRef object) {
        listeners.forEach(listener -> listener.accept(object));
    }
}
