package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The router's answer for one key, model and format.
///
/// @param route name of the route that matched; empty: by the accounts' own models
/// @param tiers candidates in the order they are to be tried: a tier is used only when the ones
///   before are spent
/// @param exclusions every other account of the plan with the reason
/// @param everyone the candidates of all tiers
public record Decision(
        String route, List<Tier> tiers, List<Exclusion> exclusions, List<Candidate> everyone) {
    public Decision {
        tiers = List.copyOf(tiers);
        exclusions = List.copyOf(exclusions);
        everyone = List.copyOf(everyone);
    }

    static Decision of(String route, List<Tier> tiers, List<Exclusion> exclusions) {
        List<Candidate> everyone =
                tiers.stream().flatMap(tier -> tier.candidates().stream()).toList();
        return new Decision(route, tiers, exclusions, everyone);
    }

    /// Candidates of equal target priority and account priority that are all asked in the client's
    /// format, or all in another; the selector chooses among them.
    public record Tier(int targetPriority, int accountPriority, List<Candidate> candidates) {
        public Tier {
            candidates = List.copyOf(candidates);
        }
    }

    /// An account that was left out.
    public record Exclusion(ObjectRef account, Reason reason) {}

    /// The same without accounts that would have to be asked in another format.
    public Decision speaking(WireFormat format) {
        List<Tier> kept =
                tiers.stream()
                        .filter(tier -> tier.candidates().getFirst().format() == format)
                        .toList();
        return of(route, kept, exclusions);
    }

    /// The same with some of its accounts only.
    public Decision among(Predicate<AccountPlan> accounts) {
        List<Tier> kept = new ArrayList<>();
        for (Tier tier : tiers) {
            List<Candidate> some =
                    tier.candidates().stream().filter(c -> accounts.test(c.account())).toList();
            if (!some.isEmpty()) {
                kept.add(new Tier(tier.targetPriority(), tier.accountPriority(), some));
            }
        }
        return of(route, kept, exclusions);
    }

    /// The same, but some of its accounts come before others of their tier.
    public Decision preferring(Predicate<AccountPlan> accounts) {
        List<Tier> ordered = new ArrayList<>();
        for (Tier tier : tiers) {
            Map<Boolean, List<Candidate>> parts =
                    tier.candidates().stream()
                            .collect(Collectors.partitioningBy(c -> accounts.test(c.account())));
            for (boolean preferred : new boolean[] {true, false}) {
                List<Candidate> part = parts.getOrDefault(preferred, List.of());
                if (!part.isEmpty()) {
                    ordered.add(new Tier(tier.targetPriority(), tier.accountPriority(), part));
                }
            }
        }
        return of(route, ordered, exclusions);
    }

    public boolean isEmpty() {
        return tiers.isEmpty();
    }

    /// Whether there ever is a choice between accounts of equal rank.
    public boolean offersChoice() {
        return everyone.size() > tiers.size();
    }

    /// Whether some account was left out only because it cannot be asked in any format it speaks.
    public boolean onlyFormatDiffers() {
        return isEmpty()
                && exclusions.stream().anyMatch(out -> out.reason() == Reason.FormatNotServed);
    }
}
