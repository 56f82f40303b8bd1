package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.resource.UsageTotals;
import java.time.Instant;

/// What one account or key has served.
///
/// @param lastUsedMillis when a report last showed a new request, epoch milliseconds; 0: never
public record Counts(
        long requests,
        long errors,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        long lastUsedMillis) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    Counts plus(Counts other) {
        return new Counts(
                requests + other.requests,
                errors + other.errors,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                Math.max(lastUsedMillis, other.lastUsedMillis));
    }

    Counts usedAt(long millis) {
        return new Counts(
                requests,
                errors,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                millis);
    }

    /// As a status shows it.
    public UsageTotals totals() {
        return new UsageTotals(
                requests,
                errors,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                lastUsedMillis == 0 ? null : Instant.ofEpochMilli(lastUsedMillis).toString());
    }
}
