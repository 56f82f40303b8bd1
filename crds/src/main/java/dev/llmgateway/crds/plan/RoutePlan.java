package dev.llmgateway.crds.plan;

import java.util.List;

/// Sends requests for matching model names to pools.
///
/// @param match exact name, `prefix*` or `*`
/// @param priority lower first among equal matches
public record RoutePlan(String name, String match, int priority, List<Target> targets) {
    public RoutePlan {
        targets = List.copyOf(targets);
    }

    /// @param model name asked of the pool's accounts; empty: as requested
    /// @param weight 1-1000 among targets of one priority
    /// @param priority 0-9; failover moves to the next one
    public record Target(String pool, String model, int weight, int priority) {}
}
