package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.ReplyTaps;
import dev.llmgateway.runtime.dialect.TranslationSpace;
import dev.llmgateway.runtime.dialect.json.JsonScanner;
import dev.llmgateway.runtime.transport.HeaderLines;
import java.util.ArrayDeque;
import java.util.Deque;

/// What the exchanges of one loop use again and again; made new each time, it would be most of a
/// request's garbage.
final class Workspace {
    /// Exchanges beyond this many at once on one loop make things of their own.
    private static final int MOST_KEPT = 64;

    private final Deque<JsonScanner> scanners = new ArrayDeque<>();
    private final Deque<HeaderLines> headers = new ArrayDeque<>();
    private final ReplyTaps taps = new ReplyTaps();
    private final RetryBudget retries = new RetryBudget();
    private final Ongoing ongoing = new Ongoing();
    private final TranslationSpace translation = new TranslationSpace();
    private final long heartbeatMillis;

    Workspace(long heartbeatMillis) {
        this.heartbeatMillis = heartbeatMillis;
    }

    long heartbeatMillis() {
        return heartbeatMillis;
    }

    Ongoing ongoing() {
        return ongoing;
    }

    TranslationSpace translation() {
        return translation;
    }

    RetryBudget retries() {
        return retries;
    }

    ReplyTaps taps() {
        return taps;
    }

    JsonScanner scanner() {
        JsonScanner kept = scanners.poll();
        return kept == null ? new JsonScanner() : kept;
    }

    void give(JsonScanner scanner) {
        if (scanners.size() < MOST_KEPT) {
            scanner.reset();
            scanners.push(scanner);
        }
    }

    /// No lines yet.
    HeaderLines headers() {
        HeaderLines kept = headers.poll();
        return kept == null ? new HeaderLines() : kept;
    }

    void give(HeaderLines lines) {
        if (headers.size() < MOST_KEPT) {
            lines.clear();
            headers.push(lines);
        }
    }
}
