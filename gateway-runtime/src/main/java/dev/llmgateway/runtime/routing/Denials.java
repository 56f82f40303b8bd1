package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.ModelFilterPlan;
import dev.llmgateway.runtime.model.NamePattern;
import java.util.List;

/// Deny lists against every name on the way to the upstream.
final class Denials {
    private Denials() {}

    static boolean any(List<ModelFilterPlan> filters, String model, String upstream) {
        for (ModelFilterPlan filter : filters) {
            for (String pattern : filter.deny()) {
                if (NamePattern.matches(pattern, model) || NamePattern.matches(pattern, upstream)) {
                    return true;
                }
            }
        }
        return false;
    }
}
