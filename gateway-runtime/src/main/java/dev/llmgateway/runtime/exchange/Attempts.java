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
    private final List<Candidate> tried = new ArrayList<>(2);
    private int made;

    Attempts(Decision decision, Balancer balancer) {
        this.decision = decision;
        this.balancer = balancer;
    }

    /// The next candidate, or null when none is left.
    @Nullable Candidate next() {
        for (Decision.Tier tier : decision.tiers()) {
            Candidate chosen = balancer.choose(tier.candidates(), tier.totalWeight(), this);
            if (chosen != null) {
                tried.add(chosen);
                made++;
                return chosen;
            }
        }
        return null;
    }

    /// The same candidate goes again: its pooled connection was dead before it could answer.
    void again() {
        made++;
    }

    /// Upstream calls so far.
    int made() {
        return made;
    }

    @Override
    public boolean tried(Candidate candidate) {
        for (Candidate before : tried) {
            if (before.account().uid().equals(candidate.account().uid())
                    && before.model().equals(candidate.model())) {
                return true;
            }
        }
        return false;
    }
}
