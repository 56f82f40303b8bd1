package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.HealthPlan;

/// How long a failure keeps an account out (design/architecture.md, Health in numbers). Pure.
///
/// @param spread factor of jitter, 0.8..1.2, so that replicas do not return in step
record Penalties(HealthPlan plan, double spread) {
    static final long CREDENTIAL_TRY_MILLIS = 300_000;
    static final long SPENT_TRY_MILLIS = 60_000;

    /// A quota window longer than this is a misread header: no vendor's is longer than a month.
    static final long LONGEST_PARK_MILLIS = 31L * 24 * 3_600_000;

    /// Shifts beyond this are above every maximum.
    private static final int MOST_DOUBLINGS = 20;

    /// The state after a failure that is the account's own.
    ///
    /// @param times cool-downs in a row so far
    Health.Out capacity(Evidence evidence, int times) {
        Cause cause = Cause.of(evidence);
        long now = evidence.nowMillis();
        return switch (evidence.said()) {
            case Said.WindowRejected(long reset) -> spent(cause, reset - now);
            case Said.ResetAt(long reset) when evidence.spent() -> spent(cause, reset - now);
            case Said.RetryAfter(long millis) when evidence.spent() ->
                    spent(cause, Math.max(millis, SPENT_TRY_MILLIS));
            case Said.Nothing _ when evidence.spent() -> spent(cause, SPENT_TRY_MILLIS);
            case Said.RetryAfter(long millis) when plan.honorRetryAfter() ->
                    coolingDown(cause, millis, times);
            case Said.ResetAt(long reset) when plan.honorRetryAfter() ->
                    coolingDown(cause, reset - now, times);
            case Said.RetryAfter _, Said.ResetAt _, Said.Nothing _ ->
                    coolingDown(
                            cause,
                            doubled(plan.cooldownBaseMillis(), plan.cooldownMaxMillis(), times),
                            times);
        };
    }

    Health.Out credential(Evidence evidence) {
        return evidence.spent()
                ? capacity(evidence, 0)
                : new Health.Parked(
                        Cause.of(evidence),
                        Health.Parking.Credential,
                        evidence.nowMillis() + CREDENTIAL_TRY_MILLIS);
    }

    /// @param times ejections in a row so far
    /// @param faults failures in a row that led here
    Health.Ejected ejection(Evidence evidence, int times, int faults) {
        long wait = doubled(plan.ejectionBaseMillis(), plan.ejectionMaxMillis(), times);
        long until = evidence.nowMillis() + spread(wait, plan.ejectionMaxMillis());
        return new Health.Ejected(
                Cause.of(evidence), until, times + 1, faults, evidence.nowMillis());
    }

    private Health.CoolingDown coolingDown(Cause cause, long wait, int times) {
        long max = plan.cooldownMaxMillis();
        long until = cause.atMillis() + spread(Math.clamp(wait, 0, max), max);
        return new Health.CoolingDown(cause, until, times + 1);
    }

    /// A reset in the past says nothing.
    private static Health.Parked spent(Cause cause, long wait) {
        long believed = wait <= 0 ? SPENT_TRY_MILLIS : Math.min(wait, LONGEST_PARK_MILLIS);
        return new Health.Parked(cause, Health.Parking.Quota, cause.atMillis() + believed);
    }

    private long spread(long wait, long max) {
        return Math.min(Math.round(wait * spread), max);
    }

    private static long doubled(long base, long max, int times) {
        return Math.min(base << Math.min(times, MOST_DOUBLINGS), max);
    }
}
