package dev.llmgateway.runtime.usage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// Readings of the counters at the end of each of the last 60 minutes, so that what was used since
/// one of them is a subtraction. Touched by the admin port's loop alone.
public final class UsageHistory {
    private static final int MINUTES = 60;

    private final Deque<Reading> readings = new ArrayDeque<>();

    /// All counters at one moment, by UID.
    public record Reading(
            Map<String, Counters.Totals> keys, Map<String, Counters.Totals> accounts) {
        static final Reading NOTHING = new Reading(Map.of(), Map.of());

        public static Reading of(UsageLedger ledger) {
            return new Reading(ledger.keys(), ledger.accounts());
        }
    }

    /// To be called once a minute.
    public void minute(UsageLedger ledger) {
        readings.addLast(Reading.of(ledger));
        if (readings.size() > MINUTES) {
            readings.removeFirst();
        }
    }

    /// What was used in the last minutes, the running one included; since the start where that is
    /// shorter.
    public Reading since(UsageLedger ledger, int minutes) {
        Reading now = Reading.of(ledger);
        Reading then = Reading.NOTHING;
        int back = readings.size() - minutes;
        int at = 0;
        for (Reading reading : readings) {
            if (at++ == back) {
                then = reading;
            }
        }
        return new Reading(
                difference(now.keys(), then.keys()), difference(now.accounts(), then.accounts()));
    }

    private static Map<String, Counters.Totals> difference(
            Map<String, Counters.Totals> now, Map<String, Counters.Totals> then) {
        Map<String, Counters.Totals> used = new TreeMap<>();
        now.forEach((uid, totals) -> {
            Counters.Totals before = then.get(uid);
            Counters.Totals more = before == null ? totals : totals.minus(before);
            if (more.requests() > 0) {
                used.put(uid, more);
            }
        });
        return used;
    }
}
