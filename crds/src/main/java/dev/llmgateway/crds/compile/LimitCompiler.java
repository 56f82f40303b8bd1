package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Limits;
import dev.llmgateway.crds.plan.LimitPlan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Effective limit = the key's or else the policy's default, at most the policy's ceiling.
final class LimitCompiler {
    private LimitCompiler() {}

    static LimitPlan compile(
            @Nullable Limits own, @Nullable Limits defaults, @Nullable Limits ceilings) {
        Effective effective = new Effective(orNone(own), orNone(defaults), orNone(ceilings));
        return new LimitPlan(
                effective.of(Limits::requestsPerMinute),
                effective.of(Limits::requestsPerHour),
                effective.of(Limits::requestsPerDay),
                effective.of(Limits::tokensPerMinute),
                (int) effective.of(Limits::maxConcurrent),
                (int) effective.of(Limits::maxOutputTokens));
    }

    private static Limits orNone(@Nullable Limits limits) {
        return limits == null ? Limits.UNLIMITED : limits;
    }

    private record Effective(Limits own, Limits defaults, Limits ceilings) {
        /// 0: unlimited.
        long of(Function<Limits, @Nullable Number> field) {
            Number chosen = field.apply(own);
            if (chosen == null) {
                chosen = field.apply(defaults);
            }
            Number ceiling = field.apply(ceilings);
            if (chosen == null) {
                return ceiling == null ? 0 : ceiling.longValue();
            }
            return ceiling == null
                    ? chosen.longValue()
                    : Math.min(chosen.longValue(), ceiling.longValue());
        }
    }
}
