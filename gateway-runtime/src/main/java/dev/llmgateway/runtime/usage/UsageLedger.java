package dev.llmgateway.runtime.usage;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Counters of every key and account by UID. They outlive plans.
public final class UsageLedger {
    private final Map<String, Counters> keys = new ConcurrentHashMap<>();
    private final Map<String, Counters> accounts = new ConcurrentHashMap<>();

    public Counters key(String uid) {
        return counters(keys, uid);
    }

    public Counters account(String uid) {
        return counters(accounts, uid);
    }

    /// A reading of all accounts, sorted by UID.
    public Map<String, Counters.Totals> accounts() {
        return read(accounts);
    }

    /// A reading of all keys that were used, sorted by UID.
    public Map<String, Counters.Totals> keys() {
        return read(keys);
    }

    private static Map<String, Counters.Totals> read(Map<String, Counters> all) {
        Map<String, Counters.Totals> read = new TreeMap<>();
        all.forEach((uid, counters) -> read.put(uid, counters.totals()));
        return read;
    }

    private static Counters counters(Map<String, Counters> all, String uid) {
        Counters known = all.get(uid);
        return known != null ? known : all.computeIfAbsent(uid, _ -> new Counters());
    }
}
