package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// By chance, whatever the weights (strategy `Random`).
final class UniformRandom implements Strategy {
    private final Dice dice;

    UniformRandom(Dice dice) {
        this.dice = dice;
    }

    @Override
    public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
        Candidate chosen = null;
        int seen = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate next = candidates.get(i);
            if (open.test(next)) {
                seen++;
                chosen = chosen == null || dice.below(seen) == 0 ? next : chosen;
            }
        }
        return chosen;
    }
}
