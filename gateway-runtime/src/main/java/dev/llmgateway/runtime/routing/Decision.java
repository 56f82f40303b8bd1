package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.model.Candidate;
import java.util.List;

/// The router's answer for one key, model and format.
///
/// @param route name of the route that matched; empty: by the accounts' own models
/// @param tiers candidates in the order they are to be tried: a tier is used only when the ones
///   before are spent
/// @param exclusions every other account of the plan with the reason
public record Decision(String route, List<Tier> tiers, List<Exclusion> exclusions) {
    public Decision {
        tiers = List.copyOf(tiers);
        exclusions = List.copyOf(exclusions);
    }

    /// Candidates of equal target priority and account priority that are all asked in the client's
    /// format, or all in another; the balancer chooses among them.
    ///
    /// @param totalWeight sum of the candidates' weights
    public record Tier(
            int targetPriority, int accountPriority, List<Candidate> candidates, int totalWeight) {
        public Tier {
            candidates = List.copyOf(candidates);
        }
    }

    /// An account that was left out.
    public record Exclusion(ObjectRef account, Reason reason) {}

    public boolean isEmpty() {
        return tiers.isEmpty();
    }

    /// Whether some account was left out only because it cannot be asked in any format it speaks.
    public boolean onlyFormatDiffers() {
        return isEmpty()
                && exclusions.stream().anyMatch(out -> out.reason() == Reason.FormatNotServed);
    }
}
