package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Chooses one of equally ranked candidates. Called on every loop at once: no locks.
public interface Strategy {
    /// @param open whether a candidate can take the request now; may change its mind meanwhile
    /// @return one of the open candidates, or null when none is
    @Nullable Candidate pick(List<Candidate> candidates, Predicate<Candidate> open);
}
