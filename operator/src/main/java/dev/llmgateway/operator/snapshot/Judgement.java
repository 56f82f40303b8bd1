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
        Map<ObjectRef, Verdict<KeyPlan>> keys,
        Map<ObjectRef, OAuthAccount> signIns) {
    static final Judgement NONE = new Judgement(Map.of(), Map.of(), Map.of(), Map.of());

    /// Accounts about which the next judgement says something else.
    Set<ObjectRef> changedAccounts(Judgement next) {
        Set<ObjectRef> changed = changes(accounts, next.accounts);
        changed.addAll(changes(signIns, next.signIns));
        return changed;
    }

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
