package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Budget;
import dev.llmgateway.crds.api.Policy;
import dev.llmgateway.crds.plan.BudgetPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Budgets of gateways and keys.
final class BudgetCompiler {
    /// A key's own budget, whatever scope is written: the API server fills in one.
    private static final String KEY_SCOPE = "Key";

    private BudgetCompiler() {}

    static List<BudgetPlan> ofGateway(List<Budget> budgets) {
        return budgets.stream()
                .map(budget -> plan(budget, budget.name(), budget.scope().name()))
                .toList();
    }

    /// The key's budgets or else the policy's defaults, and always the policy's ceilings. A ceiling
    /// is called `policy/budget`, so that its name cannot meet one of the key's.
    static List<BudgetPlan> ofKey(List<Budget> own, Optional<Policy> policy) {
        List<Budget> chosen = own.isEmpty() ? budgets(policy.map(Policy::defaults)) : own;
        Stream<BudgetPlan> ceilings =
                budgets(policy.map(Policy::ceilings)).stream()
                        .map(budget -> plan(budget, ceilingName(policy, budget), KEY_SCOPE));
        return Stream.concat(
                        chosen.stream().map(budget -> plan(budget, budget.name(), KEY_SCOPE)),
                        ceilings)
                .toList();
    }

    private static String ceilingName(Optional<Policy> policy, Budget budget) {
        return policy.map(Policy::name).orElse("") + "/" + budget.name();
    }

    private static List<Budget> budgets(Optional<Policy.Caps> caps) {
        return caps.map(Policy.Caps::budgets).orElse(List.of());
    }

    private static BudgetPlan plan(Budget budget, String name, String scope) {
        return new BudgetPlan(
                name,
                scope,
                budget.unit().name(),
                budget.limit(),
                budget.window().name(),
                budget.timeZone(),
                budget.action().name());
    }
}
