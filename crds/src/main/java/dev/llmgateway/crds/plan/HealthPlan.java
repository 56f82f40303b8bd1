package dev.llmgateway.crds.plan;

import java.util.List;

/// How failures of an account are read (design/architecture.md, Health in numbers). Times in
/// milliseconds.
///
/// @param probeModel model of the active probe; empty: off
public record HealthPlan(
        List<Integer> capacityStatuses,
        List<Integer> credentialStatuses,
        long cooldownBaseMillis,
        long cooldownMaxMillis,
        boolean honorRetryAfter,
        int ejectionConsecutive,
        long ejectionBaseMillis,
        long ejectionMaxMillis,
        String probeModel,
        long probeIntervalMillis) {
    public HealthPlan {
        capacityStatuses = List.copyOf(capacityStatuses);
        credentialStatuses = List.copyOf(credentialStatuses);
    }
}
