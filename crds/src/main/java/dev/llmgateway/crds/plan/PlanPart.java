package dev.llmgateway.crds.plan;

import java.util.List;

/// The content of one part.
public record PlanPart(PartKind kind, List<PartEntry> entries) {
    public PlanPart {
        entries = List.copyOf(entries);
    }
}
