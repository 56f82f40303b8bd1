package dev.llmgateway.crds.plan;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// One client key, policies and consent already applied.
///
/// @param hashes SHA-256 digests that open it
/// @param ownerKind `User`, `Group`, `ServiceAccount`; empty: no owner
/// @param expiresAtMillis epoch milliseconds; 0: never
/// @param formats permitted wire formats, never empty
/// @param modelFilters all must pass (the key's own, then the policy's)
/// @param pools permitted pools; empty: all
/// @param accountNamespaces namespaces whose accounts may see this key's prompts
/// @param routes the key's own model routes, before the gateway's
public record KeyPlan(
        ObjectRef ref,
        String uid,
        List<KeyHash> hashes,
        String ownerKind,
        String ownerName,
        SortedSet<Access> access,
        long expiresAtMillis,
        SortedSet<WireFormat> formats,
        List<ModelFilterPlan> modelFilters,
        List<String> pools,
        NamespaceSet accountNamespaces,
        List<RoutePlan> routes,
        LimitPlan limits,
        List<BudgetPlan> budgets,
        boolean suspended) {
    public KeyPlan {
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("key " + ref + " has no hash");
        }
        hashes = List.copyOf(hashes);
        access = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(access));
        formats = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(formats));
        modelFilters = List.copyOf(modelFilters);
        pools = List.copyOf(pools);
        routes = List.copyOf(routes);
        budgets = List.copyOf(budgets);
    }

    /// Read: models, count_tokens, own usage. Write: inference. Admin: both and the status route.
    public enum Access {
        Read,
        Write,
        Admin
    }

    /// The same key, opened by other digests.
    public KeyPlan withHashes(List<KeyHash> others) {
        return new KeyPlan(
                ref,
                uid,
                others,
                ownerKind,
                ownerName,
                access,
                expiresAtMillis,
                formats,
                modelFilters,
                pools,
                accountNamespaces,
                routes,
                limits,
                budgets,
                suspended);
    }
}
