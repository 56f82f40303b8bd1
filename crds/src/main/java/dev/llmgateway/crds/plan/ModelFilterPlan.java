package dev.llmgateway.crds.plan;

import java.util.List;

/// Model name patterns (`*` at either end); empty `allow`: everything. `deny` wins.
public record ModelFilterPlan(List<String> allow, List<String> deny) {
    public ModelFilterPlan {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
