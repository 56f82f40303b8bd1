package dev.llmgateway.crds.plan;

import java.util.List;

/// What brings a bundle to its next state: first the parts in any order, then the index.
///
/// @param writes parts that no index names yet
/// @param index equal to the live one when nothing is to be written
/// @param leftOut what is not in this revision though the plan has it
public record BundleStep(List<PartWrite> writes, PlanIndex index, List<LeftOut> leftOut) {
    public BundleStep {
        writes = List.copyOf(writes);
        leftOut = List.copyOf(leftOut);
    }
}
