package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The less loaded of two drawn by weight (Mitzenmacher 2001): near to the least loaded without all
/// loops running to the same one.
final class PowerOfTwo implements Strategy {
    private final AccountStates states;
    private final Weighted draw;

    PowerOfTwo(AccountStates states, Dice dice) {
        this.states = states;
        this.draw = new Weighted(dice);
    }

    @Override
    public @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open) {
        Candidate first = draw.pick(candidates, open);
        Candidate second = first == null ? null : draw.pick(candidates, open, first);
        if (first == null || second == null) {
            return first;
        }
        return load(second) * first.weight() < load(first) * second.weight() ? second : first;
    }

    private long load(Candidate candidate) {
        return states.of(candidate.account().uid()).inFlight();
    }
}
