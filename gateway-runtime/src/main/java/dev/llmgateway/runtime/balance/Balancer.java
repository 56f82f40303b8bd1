package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses one of equally ranked candidates. Called on every loop at once: no locks.
public interface Balancer {
    /// @param totalWeight sum of the candidates' weights
    /// @param attempts tells which candidates were tried already for this request
    /// @return a candidate not yet tried, or null when all were
    @Nullable Candidate choose(List<Candidate> candidates, int totalWeight, Attempted attempts);

    /// The accounts a request has tried.
    interface Attempted extends Tried {}
}
