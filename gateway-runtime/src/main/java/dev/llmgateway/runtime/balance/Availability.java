package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Headroom;

/// Whether a candidate could take a request now, for `explain`.
///
/// @param untilMillis epoch milliseconds at which that may change; 0: not known
public record Availability(Kind kind, long untilMillis) {
    /// Why, or why not.
    public enum Kind {
        Serving(true),
        /// Coming back: it takes a share of the requests.
        Ramp(true),
        /// Due: the next request is the probe.
        Due(true),
        CoolingDown(false),
        Ejected(false),
        Parked(false),
        /// One request is finding out whether it works again.
        Probing(false),
        /// Its own `capacity` is used up.
        Full(false),
        /// The upstream's quota headers say that nothing is left.
        QuotaSpent(false);

        private final boolean usable;

        Kind(boolean usable) {
            this.usable = usable;
        }

        public boolean usable() {
            return usable;
        }
    }

    /// As of now.
    public static Availability of(AccountState state, Candidate candidate, long nowMillis) {
        Standing standing = state.standing();
        Availability health = of(standing.account(), nowMillis);
        if (health.kind == Kind.Serving) {
            health = of(standing.model(candidate.model()), nowMillis);
        }
        if (!health.kind.usable()) {
            return health;
        }
        Headroom headroom = state.headroom();
        if (headroom.left() <= 0 && headroom.resetAtMillis() > nowMillis) {
            return new Availability(Kind.QuotaSpent, headroom.resetAtMillis());
        }
        return state.hasRoom(candidate.account().capacity(), nowMillis)
                ? health
                : new Availability(Kind.Full, 0);
    }

    private static Availability of(Health health, long nowMillis) {
        if (health instanceof Health.Out out && out.due(nowMillis)) {
            return new Availability(Kind.Due, 0);
        }
        return switch (health) {
            case Health.Serving _ -> new Availability(Kind.Serving, 0);
            case Health.Ramp _ -> new Availability(Kind.Ramp, 0);
            case Health.Probing _ -> new Availability(Kind.Probing, 0);
            case Health.CoolingDown down -> new Availability(Kind.CoolingDown, down.untilMillis());
            case Health.Ejected ejected -> new Availability(Kind.Ejected, ejected.untilMillis());
            case Health.Parked parked -> new Availability(Kind.Parked, parked.untilMillis());
        };
    }
}
