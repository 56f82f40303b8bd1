package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.Timeouts;
import dev.llmgateway.crds.plan.TimeoutPlan;
import org.jspecify.annotations.Nullable;

/// Time limits of calls: the account's, then the gateway's.
final class TimeoutCompiler {
    private TimeoutCompiler() {}

    static TimeoutPlan compile(Timeouts account, Timeouts gateway) {
        Timeouts effective = account.over(gateway).over(Timeouts.DEFAULT);
        return new TimeoutPlan(
                millis(effective.connect()),
                millis(effective.tls()),
                millis(effective.firstByte()),
                millis(effective.response()),
                millis(effective.streamIdle()),
                millis(effective.streamNoContent()),
                millis(effective.total()));
    }

    private static long millis(@Nullable String text) {
        return text == null ? 0 : Durations.millis(text);
    }
}
