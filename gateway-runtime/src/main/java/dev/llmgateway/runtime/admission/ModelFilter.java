package dev.llmgateway.runtime.admission;

import dev.llmgateway.crds.plan.ModelFilterPlan;
import dev.llmgateway.runtime.model.NamePattern;
import java.util.List;

/// Allow and deny lists against the name a client asks for; routed names are judged by the router.
final class ModelFilter {
    private ModelFilter() {}

    static boolean allows(List<ModelFilterPlan> filters, String requested) {
        for (int i = 0; i < filters.size(); i++) {
            ModelFilterPlan filter = filters.get(i);
            boolean allowed =
                    filter.allow().isEmpty() || NamePattern.matchesAny(filter.allow(), requested);
            if (!allowed || NamePattern.matchesAny(filter.deny(), requested)) {
                return false;
            }
        }
        return true;
    }
}
