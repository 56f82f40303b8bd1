package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanIndex;
import java.util.Map;
import java.util.Set;

/// A bundle as the API server was last seen to hold it.
///
/// @param indexVersion resourceVersion of the index; empty: there is none
/// @param partVersions resourceVersion of every part that exists, whatever it holds
/// @param filled parts that have content
record LiveBundle(
        PlanIndex index,
        String indexVersion,
        Map<PartName, String> partVersions,
        Set<PartName> filled) {
    LiveBundle {
        partVersions = Map.copyOf(partVersions);
        filled = Set.copyOf(filled);
    }
}
