package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.Headroom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request's place at one account, from the choice to `finished`. Used on one loop only; what
/// it reports reaches the state that all loops share.
///
/// Order of calls: `committed` at the first content, `succeeded` at the end or `failed`, then
/// `finished`; `failed` may follow `committed`. All but `finished` are optional.
public final class Lease {
    private static final double MOST_JITTER = 0.2;

    private final Candidate candidate;
    private final AccountState state;
    private final long number;
    private final boolean probe;
    private final Ask ask;
    private final AccountStates states;
    private final Dice dice;

    private @Nullable Penalty penalty;
    private boolean over;

    Lease(
            Candidate candidate,
            AccountState state,
            long number,
            boolean probe,
            Ask ask,
            AccountStates states,
            Dice dice) {
        this.candidate = candidate;
        this.state = state;
        this.number = number;
        this.probe = probe;
        this.ask = ask;
        this.states = states;
        this.dice = dice;
    }

    public Candidate candidate() {
        return candidate;
    }

    /// Whether the request tests an account, or a model on it, that was out.
    public boolean probe() {
        return probe;
    }

    private Visit visit() {
        return new Visit(candidate.model(), number, probe);
    }

    /// The answer has begun (2xx and first content): a probe need not wait for its end.
    public void committed(long nowMillis) {
        if (!neutral()) {
            state.latency().sample(Math.max(0, nowMillis - ask.nowMillis()));
        }
        if (probe) {
            succeed();
        }
    }

    /// The answer is complete.
    public void succeeded() {
        succeed();
    }

    /// The attempt failed. Request-class failures, neutral requests and `Simulated` accounts leave
    /// health alone, and so do a caller's own credential and quota.
    public void failed(Evidence evidence) {
        if (neutral() || !ofTheAccount(evidence)) {
            return;
        }
        if (!evidence.countsToEjection()) {
            penalise(evidence, false);
            return;
        }
        boolean claimed = states.claimEjection();
        try {
            penalise(evidence, !claimed || !anyoneElse());
        } finally {
            if (claimed) {
                states.releaseEjection();
            }
        }
    }

    private void penalise(Evidence evidence, boolean spared) {
        Penalties penalties = new Penalties(candidate.account().health(), jitter());
        Visit visit = visit();
        Standing before;
        Standing after;
        do {
            before = state.standing();
            after = before.failed(visit, evidence, penalties, spared);
        } while (!before.equals(after) && !state.replace(before, after));
        penalty = new Penalty(evidence, before, after);
        state.lastFailure(Cause.of(evidence));
    }

    /// Another account failed the same request: when in the same way, the penalty that `failed` led
    /// to here is undone, since the request is the likelier culprit (poison-request guard).
    public void forgive(Evidence ofAnother) {
        Penalty mine = penalty;
        if (mine == null || !mine.evidence.sameFaultAs(ofAnother)) {
            return;
        }
        penalty = null;
        Penalties penalties = new Penalties(candidate.account().health(), 1);
        state.update(now -> now.forgiven(visit(), mine.before, mine.after, penalties));
    }

    /// Tokens this request used, for the account's own limit.
    public void used(long tokens, long nowMillis) {
        if (candidate.account().capacity().tokensPerMinute() > 0) {
            state.used(tokens, nowMillis);
        }
    }

    /// Whether the quota headers of a good reply are worth reading: once a second and account.
    public boolean wantsHeadroom(long nowMillis) {
        return ownCredential() && state.headroomStale(nowMillis);
    }

    /// What the reply's headers say of the account's quota; `Headroom.UNKNOWN` changes nothing.
    public void headroom(Headroom seen, long nowMillis) {
        if (!ownCredential()) {
            return;
        }
        if (seen.window().isEmpty()) {
            state.headroom(state.headroom(), nowMillis);
            return;
        }
        // A header can keep an account out no longer than a cool-down could.
        long latest = nowMillis + candidate.account().health().cooldownMaxMillis();
        long reset = Math.min(seen.resetAtMillis(), latest);
        state.headroom(new Headroom(seen.left(), reset, seen.window(), seen.rejected()), nowMillis);
    }

    /// The account is done with this request; a probe without verdict lets the next one try.
    public void finished() {
        if (over) {
            return;
        }
        over = true;
        state.finished();
        if (probe) {
            state.update(standing -> standing.abandoned(visit()));
        }
    }

    private void succeed() {
        if (neutral()) {
            return;
        }
        Standing seen = state.standing();
        if (!seen.equals(Standing.SERVING)) {
            boolean alone = !anyoneElse();
            state.update(standing -> standing.succeeded(visit(), alone));
        }
    }

    private boolean anyoneElse() {
        List<Candidate> everyone = ask.everyone();
        for (int i = 0; i < everyone.size(); i++) {
            Candidate other = everyone.get(i);
            String uid = other.account().uid();
            if (!uid.equals(candidate.account().uid())
                    && states.of(uid).standing().usable(other.model())) {
                return true;
            }
        }
        return false;
    }

    private boolean neutral() {
        return ask.neutral() || candidate.account().provider() == Provider.Simulated;
    }

    private boolean ofTheAccount(Evidence evidence) {
        return switch (evidence.failure()) {
            case Request -> false;
            case Upstream, Transport -> true;
            case Capacity, Credential -> ownCredential();
        };
    }

    /// False: the caller's own credential is forwarded, so what it is refused is the caller's.
    private boolean ownCredential() {
        return !(candidate.account().credential() instanceof CredentialPlan.Passthrough);
    }

    private double jitter() {
        return 1 - MOST_JITTER + 2 * MOST_JITTER * dice.roll();
    }

    private record Penalty(Evidence evidence, Standing before, Standing after) {}
}
