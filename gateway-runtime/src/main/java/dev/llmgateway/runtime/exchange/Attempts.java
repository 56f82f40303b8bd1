package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.runtime.balance.Ask;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.balance.Lease;
import dev.llmgateway.runtime.balance.Tried;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Headroom;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.upstream.FailureClassifier;
import dev.llmgateway.runtime.upstream.QuotaHeaders;
import dev.llmgateway.runtime.upstream.ReplyClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which account is asked next, and which were. A tier is left only when none of it can take the
/// request; when nobody can, those coming back are asked after all.
final class Attempts implements Tried {
    /// Calls one request may make whatever is set, when the first met a dead kept-alive connection.
    private static final int LEAST_CALLS = 2;

    private final Services services;
    private final Snapshot snapshot;
    private final Trail trail;
    private final Decision decision;
    private Ask ask;
    private @Nullable Lease current;

    /// Most requests are answered by the first, so the list waits for a second.
    private @Nullable Lease first;

    private List<Lease> others = List.of();
    private int made;

    /// Whether the last account that failed did so by its credential.
    private boolean byCredential;

    Attempts(Services services, Snapshot snapshot, Trail trail, Decision decision, Ask ask) {
        this.services = services;
        this.snapshot = snapshot;
        this.trail = trail;
        this.decision = decision;
        this.ask = ask;
    }

    /// A place at the next account, or null when nobody is left. Whoever gets one enters or ends
    /// it.
    @Nullable Lease next() {
        if (first != null) {
            ask = ask.at(trail.nowMillis());
        }
        Lease lease = healthy();
        if (lease == null) {
            lease = lastResort();
        }
        if (lease != null) {
            remember(lease);
            made++;
        }
        return lease;
    }

    /// A place at another account in place of one that failed; null: nobody is left, or no retry. A
    /// refused credential is free of the budget: it parks its account at once, so only requests
    /// that were under way go on to others, and there may be many of them when a token ends.
    ///
    /// @param nowMillis monotonic
    @Nullable Lease another(RetryBudget budget, long nowMillis) {
        Lease next = next();
        if (next == null) {
            return null;
        }
        if (byCredential || budget.spend(nowMillis)) {
            services.meters().retried();
            return next;
        }
        services.meters().retryDenied();
        skipped();
        next.finished();
        return null;
    }

    private @Nullable Lease healthy() {
        List<Decision.Tier> tiers = decision.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            Lease lease = snapshot.selector().choose(tiers.get(i).candidates(), this, ask);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    private @Nullable Lease lastResort() {
        for (Decision.Tier tier : decision.tiers()) {
            Lease lease = snapshot.selector().lastResort(tier.candidates(), this, ask);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    private void remember(Lease lease) {
        if (first == null) {
            first = lease;
            return;
        }
        if (others.isEmpty()) {
            others = new ArrayList<>(2);
        }
        others.add(lease);
    }

    /// The request is now with this account.
    void enter(Lease lease) {
        current = lease;
    }

    /// The account asked now is done with the request.
    void leave() {
        if (current != null) {
            current.finished();
            current = null;
        }
    }

    /// Whether faults of the account asked now are ours to make good.
    boolean pooled() {
        return current != null && Forwarding.pooled(current.candidate());
    }

    /// The upstream has begun a reply.
    void seen(ResponseHead head) {
        Lease asked = current;
        if (asked == null) {
            return;
        }
        long now = trail.nowMillis();
        if (head.status() < 300) {
            if (asked.wantsHeadroom(now)) {
                asked.headroom(QuotaHeaders.read(head, now), now);
            }
        } else if (!pooled()) {
            HealthPlan health = asked.candidate().account().health();
            if (FailureClassifier.reply(head.status(), health)
                    instanceof ReplyClass.Failed(FailureClass failure, _)) {
                failed(Evidence.of(failure, head.status(), now));
            }
        }
    }

    /// What a failure's headers tell of the account's quota.
    void quota(Headroom headroom) {
        if (current != null) {
            current.headroom(headroom, trail.nowMillis());
        }
    }

    /// The account gave content.
    void answering() {
        if (current != null) {
            current.committed(trail.nowMillis());
        }
    }

    /// The account has answered to the end.
    ///
    /// @param success its answer was one
    void answered(boolean success, Usage usage) {
        if (current == null) {
            return;
        }
        if (success) {
            current.succeeded();
        }
        long tokens = usage.input() + usage.cacheWrite() + usage.output();
        current.used(tokens, trail.nowMillis());
    }

    /// What the attempt under way showed of its account. Those before it that failed alike are
    /// forgiven, since the request is the likelier culprit. A credential that was exchanged
    /// meanwhile cannot speak against its successor.
    void failed(Evidence evidence) {
        Lease asked = current;
        if (asked == null) {
            return;
        }
        trail.failed(evidence);
        services.meters().failed(evidence.failure());
        byCredential = evidence.failure() == FailureClass.Credential;
        if (evidence.failure() == FailureClass.Credential && !credentialInForce(asked)) {
            return;
        }
        asked.failed(evidence);
        if (first != null && first != asked) {
            first.forgive(evidence);
            for (int i = 0; i < others.size() && others.get(i) != asked; i++) {
                others.get(i).forgive(evidence);
            }
        }
    }

    private boolean credentialInForce(Lease asked) {
        Snapshot now = services.live().current();
        String uid = asked.candidate().account().uid();
        Snapshot.Upstream mine = snapshot.upstreams().get(uid);
        Snapshot.Upstream theirs = now == null ? null : now.upstreams().get(uid);
        return mine == null || theirs == null || mine.credential().equals(theirs.credential());
    }

    /// Nobody can take the request now; told with the time at which somebody is expected back.
    GatewayError nobody() {
        return Faults.nobody(
                snapshot.selector().earliestReturn(decision.everyone(), trail.nowMillis()));
    }

    /// Whether the account asked now may be asked once more.
    boolean mayGoAgain() {
        return made < Math.max(LEAST_CALLS, snapshot.plan().settings().maxAttempts());
    }

    /// The same, with less than the client sent; strict translation leaves nothing out.
    boolean mayForget() {
        return mayGoAgain() && !snapshot.plan().settings().strictTranslation();
    }

    /// The same account goes again: its pooled connection was dead before it could answer.
    void again() {
        made++;
    }

    /// The account chosen last could not be asked.
    void skipped() {
        made--;
    }

    /// Upstream calls so far.
    int made() {
        return made;
    }

    @Override
    public boolean tried(Candidate candidate) {
        if (first == null) {
            return false;
        }
        if (same(first.candidate(), candidate)) {
            return true;
        }
        for (int i = 0; i < others.size(); i++) {
            if (same(others.get(i).candidate(), candidate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Candidate one, Candidate other) {
        return one.account().uid().equals(other.account().uid())
                && one.model().equals(other.model());
    }
}
