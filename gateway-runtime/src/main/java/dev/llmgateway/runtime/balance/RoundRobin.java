package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes turns in proportion to weights.
///
/// A shared counter walks the golden-ratio sequence over the sum of weights, which spreads the
/// turns of any weights evenly without state per group; with equal weights it is a plain rotation.
public final class RoundRobin implements Strategy {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final AtomicLong turns = new AtomicLong();

    @Override
    public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
        long total = 0;
        for (int i = 0; i < candidates.size(); i++) {
            total += open.test(candidates.get(i)) ? candidates.get(i).weight() : 0;
        }
        Candidate last = null;
        long point = total == 0 ? 0 : point(total);
        for (int i = 0; i < candidates.size() && total > 0; i++) {
            Candidate next = candidates.get(i);
            if (open.test(next)) {
                last = next;
                point -= next.weight();
                if (point < 0) {
                    return next;
                }
            }
        }
        return last;
    }

    /// Where this turn falls on the weights laid end to end.
    private long point(long totalWeight) {
        return Math.multiplyHigh((turns.getAndIncrement() * GOLDEN) >>> 1, totalWeight << 1);
    }
}
