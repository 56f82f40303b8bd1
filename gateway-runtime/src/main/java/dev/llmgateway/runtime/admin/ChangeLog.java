package dev.llmgateway.runtime.admin;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The last value of everything by its key, and when it changed.
final class ChangeLog<T> {
    private final SortedMap<String, Seen<T>> seen = new TreeMap<>();

    private record Seen<T>(T value, long sequence) {}

    /// Whether a value is new or another one. What is gone is no change: its owner knows.
    boolean differs(Map<String, T> now) {
        return now.entrySet().stream().anyMatch(entry -> differs(entry.getKey(), entry.getValue()));
    }

    void take(Map<String, T> now, long sequence) {
        seen.keySet().retainAll(now.keySet());
        now.forEach((key, value) -> {
            if (differs(key, value)) {
                seen.put(key, new Seen<>(value, sequence));
            }
        });
    }

    /// What changed behind `sequence`, sorted by key.
    SortedMap<String, T> since(long sequence) {
        SortedMap<String, T> changed = new TreeMap<>();
        seen.forEach((key, last) -> {
            if (last.sequence() > sequence) {
                changed.put(key, last.value());
            }
        });
        return changed;
    }

    private boolean differs(String key, T value) {
        Seen<T> last = seen.get(key);
        return last == null || !last.value().equals(value);
    }
}
