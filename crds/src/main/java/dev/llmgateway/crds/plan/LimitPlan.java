package dev.llmgateway.crds.plan;

/// Rates and ceilings of a key; 0: unlimited.
public record LimitPlan(
        long requestsPerMinute,
        long requestsPerHour,
        long requestsPerDay,
        long tokensPerMinute,
        int maxConcurrent,
        int maxOutputTokens) {
    public static final LimitPlan UNLIMITED = new LimitPlan(0, 0, 0, 0, 0, 0);
}
