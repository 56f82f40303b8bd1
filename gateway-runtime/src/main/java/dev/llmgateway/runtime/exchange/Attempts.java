package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.balance.Balancer;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.routing.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which candidate is asked next. A tier is left only when all of it were tried.
final class Attempts implements Balancer.Attempted {
    private final Decision decision;
    private final Balancer balancer;

    /// Most requests are answered by the first, so the list waits for a second.
    private @Nullable Candidate first;

    private List<Candidate> others = List.of();
    private int made;

    Attempts(Decision decision, Balancer balancer) {
        this.decision = decision;
        this.balancer = balancer;
    }

    /// The next candidate, or null when none is left.
    @Nullable Candidate next() {
        for (int i = 0; i < decision.tiers().size(); i++) {
            Decision.Tier tier = decision.tiers().get(i);
            Candidate chosen = balancer.choose(tier.candidates(), tier.totalWeight(), this);
            if (chosen != null) {
                remember(chosen);
                made++;
                return chosen;
            }
        }
        return null;
    }

    private void remember(Candidate chosen) {
        if (first == null) {
            first = chosen;
            return;
        }
        if (others.isEmpty()) {
            others = new ArrayList<>(2);
        }
        others.add(chosen);
    }

    /// The same candidate goes again: its pooled connection was dead before it could answer.
    void again() {
        made++;
    }

    /// The candidate chosen last could not be asked.
    void skipped() {
        made--;
    }

    /// Upstream calls so far.
    int made() {
        return made;
    }

    @Override
    public boolean tried(Candidate candidate) {
        if (first == null) {
            return false;
        }
        if (same(first, candidate)) {
            return true;
        }
        for (int i = 0; i < others.size(); i++) {
            if (same(others.get(i), candidate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Candidate one, Candidate other) {
        return one.account().uid().equals(other.account().uid())
                && one.model().equals(other.model());
    }
}
