package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Headroom;

/// When an account can be asked again. Pure but for the state it looks at.
final class Returning {
    /// A probe under way, or a full account, is worth asking about soon.
    private static final long SOON_MILLIS = 1_000;

    private Returning() {}

    /// Milliseconds from now; 0: it can be asked now.
    static long in(AccountState state, Candidate candidate, long nowMillis) {
        Standing standing = state.standing();
        long wait =
                Math.max(
                        until(standing.account(), nowMillis),
                        until(standing.model(candidate.model()), nowMillis));
        long room = state.roomInMillis(candidate.account().capacity(), nowMillis);
        int most = candidate.account().capacity().maxConcurrent();
        long full = most > 0 && state.inFlight() >= most ? SOON_MILLIS : 0;
        return Math.max(Math.max(wait, room), Math.max(full, quota(state.headroom(), nowMillis)));
    }

    private static long quota(Headroom headroom, long nowMillis) {
        return headroom.left() > 0 ? 0 : Math.max(0, headroom.resetAtMillis() - nowMillis);
    }

    private static long until(Health health, long nowMillis) {
        return switch (health) {
            case Health.Serving _, Health.Ramp _ -> 0;
            case Health.Probing _ -> SOON_MILLIS;
            case Health.Ejected ejected -> {
                long retry = ejected.triedMillis() + Standing.LAST_RESORT_MILLIS;
                yield Math.max(0, Math.min(ejected.untilMillis(), retry) - nowMillis);
            }
            case Health.CoolingDown down -> Math.max(0, down.untilMillis() - nowMillis);
            case Health.Parked parked -> Math.max(0, parked.untilMillis() - nowMillis);
        };
    }
}
