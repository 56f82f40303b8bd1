package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// All verdicts of one compilation.
record Judgement(
        Map<ObjectRef, GatewayVerdict> gateways,
        Map<ObjectRef, Verdict<AccountPlan>> accounts,
        Map<ObjectRef, Verdict<KeyPlan>> keys) {
    static final Judgement NONE = new Judgement(Map.of(), Map.of(), Map.of());

    /// Objects about which this judgement says something else than the one before, those that are
    /// gone included.
    static <V> Set<ObjectRef> changes(Map<ObjectRef, V> before, Map<ObjectRef, V> now) {
        Set<ObjectRef> changed =
                now.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(HashSet::new));
        before.keySet().stream().filter(ref -> !now.containsKey(ref)).forEach(changed::add);
        return changed;
    }
}
