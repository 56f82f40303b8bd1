package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// By chance, in proportion to weights, in one pass: each open candidate takes the place of the one
/// before with its share of the weights so far.
final class Weighted implements Strategy {
    private final Dice dice;

    Weighted(Dice dice) {
        this.dice = dice;
    }

    @Override
    public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
        return pick(candidates, open, null);
    }

    /// @param but not this one
    @Nullable Candidate pick(
            List<Candidate> candidates, Predicate<Candidate> open, @Nullable Candidate but) {
        Candidate chosen = null;
        long total = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate next = candidates.get(i);
            if (!next.equals(but) && open.test(next)) {
                total += next.weight();
                chosen = chosen == null || dice.below(total) < next.weight() ? next : chosen;
            }
        }
        return chosen;
    }
}
