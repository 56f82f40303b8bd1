package dev.llmgateway.crds.plan;

import java.util.List;

/// Settings of the whole gateway, every default filled in.
///
/// @param strategy `LeastOutstanding`, `RoundRobin`, `Random`, `Weighted` or `PowerOfTwo`
/// @param passUnmatched true: models no account lists go to `defaultPool`; false: 404
/// @param retryBudgetPercent extra upstream calls allowed, percent of client requests
/// @param commitPoint `FirstByte` or `FirstContent`
/// @param maxBodyBytes largest request body
/// @param bodyMemoryBytes buffered request bodies of the process
/// @param maxConnectionsPerAddress of one client address; 0: unlimited
/// @param corsOrigins allowed origins; empty: no CORS
/// @param strictTranslation refuse with 400 what cannot be carried
/// @param accessLog one JSON line per request on stdout
/// @param simulation whether `Simulated` accounts answer
public record GatewaySettings(
        String strategy,
        AffinityPlan affinity,
        boolean passUnmatched,
        String defaultPool,
        int maxAttempts,
        int retryBudgetPercent,
        String commitPoint,
        long maxBodyBytes,
        int maxConcurrent,
        long bodyMemoryBytes,
        int maxConnectionsPerAddress,
        List<String> corsOrigins,
        boolean strictTranslation,
        boolean accessLog,
        boolean simulation,
        ListenerTls tls,
        List<BudgetPlan> budgets) {
    public GatewaySettings {
        corsOrigins = List.copyOf(corsOrigins);
        budgets = List.copyOf(budgets);
    }

    /// @param sources `Header`, `MetadataUserID`, `PromptPrefix`, in order
    public record AffinityPlan(
            boolean enabled, List<String> sources, String header, long ttlMillis) {
        public AffinityPlan {
            sources = List.copyOf(sources);
        }
    }
}
