package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.HealthPlan;

/// How long a failure keeps an account out (design/architecture.md, Health in numbers). Pure.
///
/// @param spread factor of jitter, 0.8..1.2, so that replicas do not return in step; what the
///   upstream named is only ever lengthened
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
        if (evidence.parks()) {
            return spent(evidence, times);
        }
        long stated = plan.honorRetryAfter() ? wait(evidence) : -1;
        // A wait of nothing is believed once.
        return stated > 0 || (stated == 0 && times == 0)
                ? coolingDown(cause, stated, 1 + Math.abs(spread - 1), times)
                : coolingDown(
                        cause,
                        doubled(plan.cooldownBaseMillis(), plan.cooldownMaxMillis(), times),
                        spread,
                        times);
    }

    /// Milliseconds that the upstream named, -1: none. A reset in the past is none.
    private long wait(Evidence evidence) {
        long now = evidence.nowMillis();
        return switch (evidence.said()) {
            case Said.Nothing _ -> -1;
            case Said.RetryAfter(long millis) -> Math.min(millis, plan.cooldownMaxMillis());
            case Said.ResetAt(long reset) -> reset > now ? reset - now : -1;
            case Said.WindowRejected(long reset) -> reset > now ? reset - now : -1;
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
        long until = evidence.nowMillis() + spread(wait, spread, plan.ejectionMaxMillis());
        return new Health.Ejected(
                Cause.of(evidence), until, times + 1, faults, evidence.nowMillis());
    }

    /// Still out after a try that told nothing about the reason.
    Health.Parked parkedOn(Health.Parked parked, long nowMillis) {
        long wait =
                switch (parked.reason()) {
                    case Credential -> CREDENTIAL_TRY_MILLIS;
                    case Quota -> SPENT_TRY_MILLIS;
                };
        return new Health.Parked(parked.cause(), parked.reason(), nowMillis + wait);
    }

    /// @param factor never below 1 for a wait the upstream named: coming back before would be taken
    ///   amiss
    private Health.CoolingDown coolingDown(Cause cause, long wait, double factor, int times) {
        long until = cause.atMillis() + spread(wait, factor, plan.cooldownMaxMillis());
        return new Health.CoolingDown(cause, until, times + 1);
    }

    /// Without jitter: some percent of hours would be a long time, and one probe is no load. A
    /// reset in less than a minute is believed once, so that nobody is tried more often.
    private Health.Parked spent(Evidence evidence, int times) {
        long wait = wait(evidence);
        boolean soon = wait > 0 && times == 0 && !(evidence.said() instanceof Said.RetryAfter);
        long believed = soon ? wait : Math.max(wait, SPENT_TRY_MILLIS);
        long until = evidence.nowMillis() + Math.min(believed, LONGEST_PARK_MILLIS);
        return new Health.Parked(Cause.of(evidence), Health.Parking.Quota, until);
    }

    private static long spread(long wait, double factor, long max) {
        return Math.min(Math.round(Math.min(wait, max) * factor), max);
    }

    private static long doubled(long base, long max, int times) {
        return Math.min(base << Math.min(times, MOST_DOUBLINGS), max);
    }
}
