package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of a set of manifests.
///
/// @param plans one per valid GatewayConfig, by its reference
/// @param signIns of OAuth accounts, by the account: of those without tokens too, but of none that
///   anything else is wrong with
/// @param diagnostics sorted by kind, object and field
public record Compilation(
        SortedMap<ObjectRef, GatewayPlan> plans,
        SortedMap<ObjectRef, SignIn> signIns,
        List<Diagnostic> diagnostics) {
    public Compilation {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        signIns = Collections.unmodifiableSortedMap(new TreeMap<>(signIns));
        diagnostics = List.copyOf(diagnostics);
    }

    /// Whether some object was left out.
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.Error);
    }
}
