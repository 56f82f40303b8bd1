package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.function.Predicate;

/// Which candidates can take one request now: not tried, healthy, with room and quota.
///
/// @param roll one throw for the whole choice, so that every look at a ramp is the same
/// @param strict false: a ramp's share and an empty quota header do not count, since nobody else is
///   there
record Screen(AccountStates states, Tried tried, Ask ask, double roll, boolean strict)
        implements Predicate<Candidate> {
    @Override
    public boolean test(Candidate candidate) {
        if (tried.tried(candidate)) {
            return false;
        }
        AccountState state = states.of(candidate.account().uid());
        boolean healthy =
                state.standing().admits(candidate.model(), ask.nowMillis(), roll, !ask.neutral());
        return healthy
                && (!strict || hasQuota(state, ask.nowMillis()))
                && state.hasRoom(candidate.account().capacity(), ask.nowMillis());
    }

    private static boolean hasQuota(AccountState state, long nowMillis) {
        return state.headroom().left() > 0 || state.headroom().resetAtMillis() <= nowMillis;
    }
}
