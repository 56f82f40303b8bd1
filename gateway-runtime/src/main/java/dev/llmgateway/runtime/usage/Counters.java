package dev.llmgateway.runtime.usage;

import dev.llmgateway.runtime.model.Usage;
import java.util.concurrent.atomic.LongAdder;

/// What one key or one account has used since the process started. Exact under concurrency.
public final class Counters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder input = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final LongAdder cacheRead = new LongAdder();
    private final LongAdder cacheWrite = new LongAdder();

    /// Counts one settled request.
    public void settle(boolean failed, Usage usage) {
        requests.increment();
        if (failed) {
            errors.increment();
        }
        input.add(usage.input());
        output.add(usage.output());
        cacheRead.add(usage.cacheRead());
        cacheWrite.add(usage.cacheWrite());
    }

    public Totals totals() {
        return new Totals(
                requests.sum(),
                errors.sum(),
                input.sum(),
                output.sum(),
                cacheRead.sum(),
                cacheWrite.sum());
    }

    /// A reading of the counters; tokens in Anthropic's disjoint buckets.
    public record Totals(
            long requests,
            long errors,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens) {
        /// What came on top of an earlier reading.
        public Totals minus(Totals earlier) {
            return new Totals(
                    requests - earlier.requests,
                    errors - earlier.errors,
                    inputTokens - earlier.inputTokens,
                    outputTokens - earlier.outputTokens,
                    cacheReadTokens - earlier.cacheReadTokens,
                    cacheWriteTokens - earlier.cacheWriteTokens);
        }

        /// Share of the input that came out of the provider's cache; 0: none, or no input at all.
        public double cacheReadRatio() {
            long input = inputTokens + cacheReadTokens + cacheWriteTokens;
            return input == 0 ? 0 : (double) cacheReadTokens / input;
        }
    }
}
