package dev.llmgateway.operator.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which events are worth an object of the API server: none that was told within ten minutes, and
/// at most 20 a minute about one object.
final class EventQuota {
    private static final Duration SAME_AGAIN = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST = 20;
    private static final int REMEMBERED = 10_000;

    private final Map<String, Instant> told = remembering();
    private final Map<String, Deque<Instant>> recent = remembering();

    synchronized boolean admits(String uid, String text, Instant now) {
        Deque<Instant> ofObject = recent.computeIfAbsent(uid, _ -> new ArrayDeque<>());
        while (!ofObject.isEmpty() && !ofObject.getFirst().plus(WINDOW).isAfter(now)) {
            ofObject.removeFirst();
        }
        Instant last = told.get(uid + " " + text);
        if (ofObject.size() >= MOST || (last != null && last.plus(SAME_AGAIN).isAfter(now))) {
            return false;
        }
        ofObject.addLast(now);
        told.put(uid + " " + text, now);
        return true;
    }

    /// Forgets what is oldest.
    private static <V> Map<String, V> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
