package dev.llmgateway.operator.snapshot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Which feeds have been without a watch for too long. A watch that is being renewed is none.
final class Lapses {
    private final Clock clock;
    private final Duration patience;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    Lapses(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    List<String> of(Stream<Feed<?>> feeds) {
        return feeds.filter(this::lapsed).map(Feed::what).toList();
    }

    private boolean lapsed(Feed<?> feed) {
        if (!feed.synced()) {
            return true;
        }
        if (feed.watching()) {
            since.remove(feed.what());
            return false;
        }
        Instant begin = since.computeIfAbsent(feed.what(), _ -> clock.instant());
        return begin.plus(patience).isBefore(clock.instant());
    }
}
