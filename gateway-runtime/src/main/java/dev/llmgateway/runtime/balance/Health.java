package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.runtime.model.FailureClass;

/// Health of an account, or of one model on it: an immutable state whose transitions are methods of
/// the states that allow them.
///
/// ```
/// Serving -> CoolingDown | Ejected | Parked -> Probing -> Ramp -> Serving
/// ```
public sealed interface Health {
    /// Takes traffic.
    ///
    /// @param faults Upstream and Transport failures in a row
    record Serving(int faults) implements Health {
        /// More than any threshold: an account that may not be ejected stops counting here.
        private static final int MOST = 1_000;

        static final Serving CALM = new Serving(0);

        Health succeeded() {
            return faults == 0 ? this : Serving.CALM;
        }

        /// @param spared may not be ejected now
        Health failed(Evidence evidence, Penalties penalties, boolean spared) {
            return switch (evidence.failure()) {
                case Request -> this;
                case Capacity -> penalties.capacity(evidence, 0);
                case Credential -> penalties.credential(evidence);
                case Upstream, Transport -> counted(evidence, penalties, spared);
            };
        }

        private Health counted(Evidence evidence, Penalties penalties, boolean spared) {
            int now = Math.min(faults + 1, MOST);
            return now < penalties.plan().ejectionConsecutive() || spared
                    ? new Serving(now)
                    : penalties.ejection(evidence, 0, now);
        }

        Health forgiven() {
            return faults <= 1 ? Serving.CALM : new Serving(faults - 1);
        }
    }

    /// Takes no traffic until a time, then one request as a probe.
    sealed interface Out extends Health {
        /// Loops differ by far less in what time they think it is.
        long CLOCK_SET_BACK_MILLIS = 60_000;

        Cause cause();

        /// Epoch milliseconds from which one request may try.
        long untilMillis();

        /// Also when the clock was set back since, which must not lengthen the wait.
        default boolean due(long nowMillis) {
            return nowMillis >= untilMillis()
                    || nowMillis < cause().atMillis() - CLOCK_SET_BACK_MILLIS;
        }

        /// @param number which of the account's probes this is
        default Probing probed(long number) {
            return new Probing(this, number);
        }

        /// A failure of a request that was under way when the account went out.
        Out failedMeanwhile(Evidence evidence, Penalties penalties);
    }

    /// No capacity for now.
    ///
    /// @param times cool-downs in a row
    record CoolingDown(Cause cause, long untilMillis, int times) implements Out {
        /// Only a stated wait can lengthen the cool-down: many refusals at once are one event.
        @Override
        public Out failedMeanwhile(Evidence evidence, Penalties penalties) {
            return switch (evidence.failure()) {
                case Request, Upstream, Transport -> this;
                case Credential -> penalties.credential(evidence);
                case Capacity -> later(evidence, penalties.capacity(evidence, times - 1));
            };
        }

        private Out later(Evidence evidence, Out again) {
            return evidence.namesATime() && again.untilMillis() > untilMillis ? again : this;
        }
    }

    /// Failed too often in a row.
    ///
    /// @param times ejections in a row
    /// @param faults failures that speak for the ejection
    /// @param triedMillis last time it was asked although ejected, at first when it was ejected
    record Ejected(Cause cause, long untilMillis, int times, int faults, long triedMillis)
            implements Out {
        @Override
        public Out failedMeanwhile(Evidence evidence, Penalties penalties) {
            return switch (evidence.failure()) {
                case Request -> this;
                case Capacity -> later(penalties.capacity(evidence, 0));
                case Credential -> penalties.credential(evidence);
                case Upstream, Transport ->
                        new Ejected(cause, untilMillis, times, faults + 1, triedMillis);
            };
        }

        private Out later(Out other) {
            return other.untilMillis() > untilMillis ? other : this;
        }

        /// Asked before its time, because nobody else is there.
        Probing tried(long nowMillis, long number) {
            return new Ejected(cause, untilMillis, times, faults, nowMillis).probed(number);
        }

        /// One failure less speaks for the ejection.
        Health forgiven(HealthPlan plan) {
            int left = faults - 1;
            return left < plan.ejectionConsecutive()
                    ? new Serving(Math.max(0, left))
                    : new Ejected(cause, untilMillis, times, left, triedMillis);
        }
    }

    /// Why an account is parked.
    enum Parking {
        /// The credential was refused.
        Credential,
        /// Money or a quota window is used up.
        Quota
    }

    /// Out until something changes at the provider or in the Secret.
    ///
    /// @param untilMillis next try with live traffic
    record Parked(Cause cause, Parking reason, long untilMillis) implements Out {
        /// Only a quota whose reset was not known before can change anything.
        @Override
        public Out failedMeanwhile(Evidence evidence, Penalties penalties) {
            if (evidence.failure() != FailureClass.Capacity || reason != Parking.Quota) {
                return this;
            }
            Out other = penalties.capacity(evidence, 0);
            return other instanceof Parked && other.untilMillis() > untilMillis ? other : this;
        }
    }

    /// One request is out to see whether the account works again.
    ///
    /// @param number which of the account's probes that request is
    record Probing(Out from, long number) implements Health {
        /// @param alone nobody else is usable: everything comes back at once
        Health succeeded(boolean alone) {
            return alone ? Serving.CALM : new Ramp(0, 0, from, number);
        }

        /// Without a verdict: the next request may try.
        Health abandoned() {
            return from;
        }

        Health failed(Evidence evidence, Penalties penalties) {
            return again(from, evidence, penalties);
        }

        /// A failure of a request that was under way before.
        Health failedMeanwhile(Evidence evidence, Penalties penalties) {
            return new Probing(from.failedMeanwhile(evidence, penalties), number);
        }
    }

    /// Comes back: 10 %, 50 %, then all of the traffic, three successes a step.
    ///
    /// @param from what it returns from, so that a relapse goes on doubling
    /// @param number the probe it began with; requests begun before tell nothing about the return
    record Ramp(int step, int successes, Out from, long number) implements Health {
        private static final int SUCCESSES_A_STEP = 3;
        private static final double[] SHARES = {0.1, 0.5, 1};

        /// Share of the requests that may come here.
        double share() {
            return SHARES[step];
        }

        Health succeeded() {
            if (successes + 1 < SUCCESSES_A_STEP) {
                return new Ramp(step, successes + 1, from, number);
            }
            return step + 1 < SHARES.length ? new Ramp(step + 1, 0, from, number) : Serving.CALM;
        }

        Health failed(Evidence evidence, Penalties penalties, boolean spared) {
            return switch (evidence.failure()) {
                case Request -> this;
                case Upstream, Transport ->
                        spared ? new Ramp(step, 0, from, number) : again(from, evidence, penalties);
                case Capacity, Credential -> again(from, evidence, penalties);
            };
        }
    }

    /// A relapse: as before for longer, or out for the new reason.
    private static Health again(Out from, Evidence evidence, Penalties penalties) {
        return switch (evidence.failure()) {
            case Request -> from;
            case Capacity -> penalties.capacity(evidence, coolDowns(from));
            case Credential -> penalties.credential(evidence);
            case Upstream, Transport -> unanswered(from, evidence, penalties);
        };
    }

    private static int coolDowns(Out from) {
        return switch (from) {
            case CoolingDown down -> down.times();
            case Parked _ -> 1;
            case Ejected _ -> 0;
        };
    }

    /// A probe that failed for another reason does not show that a parked account works again.
    private static Health unanswered(Out from, Evidence evidence, Penalties penalties) {
        int consecutive = penalties.plan().ejectionConsecutive();
        return switch (from) {
            case Parked parked -> penalties.parkedOn(parked, evidence.nowMillis());
            case Ejected ejected -> penalties.ejection(evidence, ejected.times(), consecutive);
            case CoolingDown _ -> penalties.ejection(evidence, 0, consecutive);
        };
    }

    /// Whether requests go here without further ado.
    default boolean usable() {
        return this instanceof Serving || this instanceof Ramp;
    }
}
