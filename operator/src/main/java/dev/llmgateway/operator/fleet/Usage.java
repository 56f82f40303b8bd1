package dev.llmgateway.operator.fleet;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// Counters of accounts and keys, by the objects' UIDs.
public record Usage(Map<String, Counts> accounts, Map<String, Counts> keys) {
    public static final Usage NONE = new Usage(Map.of(), Map.of());

    public Usage {
        accounts = Map.copyOf(accounts);
        keys = Map.copyOf(keys);
    }

    /// Zeros for one that has served nothing.
    public Counts account(String uid) {
        return accounts.getOrDefault(uid, Counts.NONE);
    }

    /// The same for a key.
    public Counts key(String uid) {
        return keys.getOrDefault(uid, Counts.NONE);
    }

    Usage plus(Usage other) {
        return merged(other, Counts::plus);
    }

    /// Totals of one process, as a later page tells them; what the page does not name stays.
    ///
    /// @param nowMillis is taken for the time of the requests that are new
    Usage then(Usage page, long nowMillis) {
        return new Usage(
                later(accounts, page.accounts, nowMillis), later(keys, page.keys, nowMillis));
    }

    private static Map<String, Counts> later(
            Map<String, Counts> before, Map<String, Counts> page, long nowMillis) {
        Map<String, Counts> later = new TreeMap<>(before);
        page.forEach((uid, counts) -> {
            Counts known = before.getOrDefault(uid, Counts.NONE);
            boolean used = counts.requests() > known.requests();
            later.put(uid, counts.usedAt(used ? nowMillis : known.lastUsedMillis()));
        });
        return later;
    }

    /// What a former look knew with as many requests keeps that look's time.
    Usage timedBy(Usage former) {
        return new Usage(timed(accounts, former.accounts), timed(keys, former.keys));
    }

    private static Map<String, Counts> timed(
            Map<String, Counts> counts, Map<String, Counts> former) {
        Map<String, Counts> timed = new TreeMap<>(counts);
        former.forEach((uid, known) ->
                timed.computeIfPresent(
                        uid,
                        (_, now) ->
                                now.requests() == known.requests()
                                        ? now.usedAt(known.lastUsedMillis())
                                        : now));
        return timed;
    }

    Usage only(Set<String> accountUids, Set<String> keyUids) {
        Map<String, Counts> keptAccounts = new TreeMap<>(accounts);
        keptAccounts.keySet().retainAll(accountUids);
        Map<String, Counts> keptKeys = new TreeMap<>(keys);
        keptKeys.keySet().retainAll(keyUids);
        return new Usage(keptAccounts, keptKeys);
    }

    private Usage merged(Usage other, BinaryOperator<Counts> both) {
        Map<String, Counts> allAccounts = new TreeMap<>(accounts);
        other.accounts.forEach((uid, counts) -> allAccounts.merge(uid, counts, both));
        Map<String, Counts> allKeys = new TreeMap<>(keys);
        other.keys.forEach((uid, counts) -> allKeys.merge(uid, counts, both));
        return new Usage(allAccounts, allKeys);
    }
}
