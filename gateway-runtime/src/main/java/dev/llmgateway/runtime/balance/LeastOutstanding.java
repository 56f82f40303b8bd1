package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fewest requests in flight for the weight; among equals the weighted chance decides, so that
/// an idle pool does not load its first member only.
final class LeastOutstanding implements Strategy {
    private final AccountStates states;
    private final Dice dice;

    LeastOutstanding(AccountStates states, Dice dice) {
        this.states = states;
        this.dice = dice;
    }

    @Override
    public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
        Candidate best = null;
        long bestLoad = 0;
        long equals = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate next = candidates.get(i);
            if (!open.test(next)) {
                continue;
            }
            long load = states.of(next.account().uid()).inFlight();
            long order = best == null ? -1 : load * best.weight() - bestLoad * next.weight();
            if (order < 0) {
                best = next;
                bestLoad = load;
                equals = next.weight();
            } else if (order == 0) {
                equals += next.weight();
                if (dice.below(equals) < next.weight()) {
                    best = next;
                    bestLoad = load;
                }
            }
        }
        return best;
    }
}
