package dev.llmgateway.runtime.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How late event loops came to a task that was due: what every exchange on them waited as well.
///
/// @param counts observations by bound, those beyond the last one at the end; not cumulative
/// @param worstMillis since the start
public record LoopLags(List<Long> counts, long sumMillis, long worstMillis) {
    /// Upper bounds in milliseconds. 50 is what a loop should never exceed (goal R24).
    public static final List<Long> BOUNDS = List.of(5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L);

    static final LoopLags NONE = new LoopLags(Collections.nCopies(BOUNDS.size() + 1, 0L), 0, 0);

    public LoopLags {
        counts = List.copyOf(counts);
    }

    LoopLags plus(LoopLags other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            sums.add(counts.get(i) + other.counts.get(i));
        }
        return new LoopLags(
                sums, sumMillis + other.sumMillis, Math.max(worstMillis, other.worstMillis));
    }

    /// Observations above a bound.
    ///
    /// @param millis one of `BOUNDS`
    public long beyond(long millis) {
        return counts.stream().skip(BOUNDS.indexOf(millis) + 1L).mapToLong(Long::longValue).sum();
    }
}
