package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.Map;
import java.util.Optional;

/// Which of a folder's gateways this process is.
///
/// @param name given with `--gateway`; empty: the only one
record PlanChoice(String name) {
    Optional<GatewayPlan> among(Map<ObjectRef, GatewayPlan> plans) {
        if (name.isEmpty()) {
            return plans.size() == 1 ? plans.values().stream().findFirst() : Optional.empty();
        }
        return plans.values().stream()
                .filter(plan ->
                        plan.gateway().name().equals(name)
                                || plan.gateway().toString().equals(name))
                .findFirst();
    }

    String problem(Map<ObjectRef, GatewayPlan> plans) {
        if (plans.isEmpty()) {
            return "no valid GatewayConfig: nothing can be served";
        }
        return name.isEmpty()
                ? "several GatewayConfigs: choose one with --gateway, of " + plans.keySet()
                : "no GatewayConfig '" + name + "'; there are " + plans.keySet();
    }
}
