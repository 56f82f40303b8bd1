package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.json.JsonScanner;
import java.util.ArrayDeque;
import java.util.Deque;

/// The scanners of one loop, used again and again: their state would be most of a request's
/// garbage.
final class Scanners {
    /// More bodies than this arriving at once on one loop make scanners of their own.
    private static final int MOST_KEPT = 64;

    private final Deque<JsonScanner> free = new ArrayDeque<>();

    JsonScanner take() {
        JsonScanner kept = free.poll();
        return kept == null ? new JsonScanner() : kept;
    }

    void give(JsonScanner scanner) {
        if (free.size() < MOST_KEPT) {
            scanner.reset();
            free.push(scanner);
        }
    }
}
