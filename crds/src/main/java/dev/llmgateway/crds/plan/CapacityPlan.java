package dev.llmgateway.crds.plan;

/// What an account can take; 0: unlimited.
public record CapacityPlan(long requestsPerMinute, long tokensPerMinute, int maxConcurrent) {
    public static final CapacityPlan UNLIMITED = new CapacityPlan(0, 0, 0);
}
