package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.runtime.balance.Ask;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.balance.Lease;
import dev.llmgateway.runtime.balance.Session;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Headroom;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Response;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// From a routed request to its settlement: asks a candidate, relays its reply, or says why none
/// could answer. Owns the request's body until a reply begins.
final class Delivery {
    private final Trail trail;
    private final Downstream downstream;
    private final Attempts attempts;
    private final OutboundCall outbound;
    private final GatewayPlan plan;
    private final Services services;
    private final Workspace workspace;

    private Order order;
    private @Nullable Lease lease;
    private @Nullable UpstreamCall call;
    private @Nullable Incoming incoming;
    private @Nullable GatewayError untranslatable;
    private @Nullable GatewayError last;
    private @Nullable Lease upcoming;
    private boolean bodyHeld = true;
    private boolean repeated;
    private boolean over;

    Delivery(
            Services services,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            Snapshot snapshot,
            Order order,
            Decision decision,
            Session session) {
        this.services = services;
        this.workspace = workspace;
        this.trail = trail;
        this.downstream = downstream;
        this.order = order;
        this.plan = snapshot.plan();
        boolean neutral = order.counts();
        Ask ask = new Ask(trail.nowMillis(), session, decision.everyone(), neutral);
        this.attempts = new Attempts(services, snapshot, trail, decision, ask);
        this.outbound = new OutboundCall(services, snapshot, downstream);
    }

    void start() {
        workspace.retries().earn(plan.settings().retryBudgetPercent());
        proceed();
    }

    /// Asks the next account; where none is left, the client is told what came of the last.
    private void proceed() {
        Lease next = upcoming == null ? attempts.next() : upcoming;
        upcoming = null;
        if (next != null) {
            attempt(next);
        } else if (last != null) {
            fail(last, Outcome.Unavailable);
        } else if (untranslatable != null) {
            fail(untranslatable, Outcome.Rejected);
        } else {
            fail(attempts.nobody(), Outcome.Unavailable);
        }
    }

    /// Whether another account may be asked, in place of one that failed before the client knew
    /// anything; if so it will be.
    private boolean another() {
        boolean allowed =
                upcoming == null
                        && bodyHeld
                        && attempts.pooled()
                        && attempts.made() < plan.settings().maxAttempts();
        if (allowed) {
            upcoming = attempts.another(workspace.retries(), downstream.loop().now());
        }
        return upcoming != null;
    }

    /// An attempt failed before the client knew anything.
    private void failedOver(GatewayError error) {
        if (error.code().retryable() && another()) {
            goOn(error);
        } else {
            fail(error, Outcome.Unavailable);
        }
    }

    private void goOn(GatewayError told) {
        last = told;
        attempts.leave();
        proceed();
    }

    private void attempt(Lease next) {
        Candidate candidate = next.candidate();
        Translation translation = null;
        if (!order.passesTo(candidate.format())) {
            try {
                translation = Translation.of(order, candidate, plan, workspace, trail.nowMillis());
            } catch (Refusal refusal) {
                untranslatable = refusal.error();
                attempts.skipped();
                next.finished();
                proceed(); // another account may speak the client's format, or be able to carry it
                return;
            }
        }
        call(next, translation);
    }

    private void call(Lease next, @Nullable Translation translation) {
        lease = next;
        attempts.enter(next);
        Candidate candidate = next.candidate();
        services.meters().called();
        trail.calling(candidate, attempts.made());
        trail.lost(Warnings.of(order, translation));
        incoming = new Incoming(this, workspace, trail, downstream, order, candidate, translation);
        call = outbound.open(order, candidate, translation, incoming);
        incoming.of(call);
    }

    /// Where the reply of a new attempt waits.
    Commit commit() {
        return new Commit(this, workspace, trail, downstream, order.answer(), plan.settings());
    }

    void seen(ResponseHead head) {
        attempts.seen(head);
    }

    void answering() {
        attempts.answering();
    }

    void harmed(Evidence evidence) {
        attempts.failed(evidence);
    }

    /// The reply has begun: nothing is sent again after this.
    void committed() {
        releaseBody();
    }

    /// The call failed before anything reached the client.
    void failed(TransportFailure failure) {
        Lease current = lease;
        // A kept-alive connection that the upstream had closed meanwhile; another one tells whether
        // it is alive, and if that is dead too, rather another account.
        if (current != null && retriable(failure) && !(repeated && another())) {
            repeated = true;
            attempts.again();
            attempt(current);
            return;
        }
        broken(Faults.transport(failure), StreamFault.of(failure, trail.nowMillis()));
    }

    /// A reply that is no success came to its end. True: the client does not get it, since another
    /// account is asked, or since it is none of the client's business: credential and capacity
    /// faults of a pooled account are ours, and redirects are never followed.
    boolean kept(Evidence evidence, Headroom headroom) {
        attempts.quota(headroom);
        boolean madeGood = madeGood(evidence);
        boolean ours = Faults.isOurs(evidence);
        if (ours && !madeGood) {
            fail(Faults.spent(evidence), Outcome.Unavailable);
        }
        return madeGood || ours;
    }

    /// The attempt failed before the client knew anything. Whether another account is asked
    /// instead.
    boolean madeGood(Evidence evidence) {
        harmed(evidence);
        if (evidence.failure() == FailureClass.Request || !another()) {
            return false;
        }
        goOn(Faults.spent(evidence));
        return true;
    }

    /// The upstream does not take back reasoning of earlier turns. Whether it is asked once more
    /// without; then the client gets this answer in place of the first.
    boolean askedWithoutReasoning(Evidence evidence) {
        Lease asked = lease;
        if (asked == null || !bodyHeld || !attempts.mayForget()) {
            return false;
        }
        Order lighter = order.withoutReasoning(asked.candidate().format(), workspace);
        if (lighter == null) {
            return false;
        }
        harmed(evidence);
        order = lighter;
        attempts.again();
        attempt(asked);
        return true;
    }

    /// The upstream refused the request, in words of another format.
    void answered(GatewayError error) {
        fail(error, Outcome.UpstreamError);
    }

    /// The reply broke off before anything of it reached the client.
    void broken(GatewayError error, Evidence evidence) {
        harmed(evidence);
        failedOver(error);
    }

    /// The reply is complete as far as the client is concerned.
    void finished(Outcome outcome, Usage usage) {
        over = true;
        attempts.answered(outcome == Outcome.Served, usage);
        attempts.leave();
        releaseBody();
        trail.used(usage);
        trail.settle(outcome);
    }

    /// The client is gone: nobody needs the upstream's work any more.
    void abandon() {
        if (over) {
            return;
        }
        over = true;
        attempts.leave();
        releaseBody();
        if (call != null) {
            call.cancel();
        }
        if (incoming != null) {
            trail.used(incoming.abandon());
        }
    }

    /// The upstream gave content, not just signs of life.
    void progressed() {
        if (call != null) {
            call.progressed();
        }
    }

    void resume() {
        if (call != null) {
            call.resume();
        }
    }

    private boolean retriable(TransportFailure failure) {
        return failure.kind() == TransportFailure.Kind.Closed
                && failure.reused()
                && !failure.replied()
                && bodyHeld
                && attempts.mayGoAgain();
    }

    /// Capacity and credential faults are told with the time at which somebody is expected back.
    private void fail(GatewayError error, Outcome outcome) {
        over = true;
        attempts.leave();
        boolean spent = error.code() == ErrorCode.OVERLOADED && outcome == Outcome.Unavailable;
        GatewayError told = spent ? attempts.nobody() : error;
        Response response = Answers.last(told, order, trail, attempts.made(), workspace);
        releaseBody();
        trail.answering(response.status());
        downstream.respond(response);
        trail.settle(response.status() < 300 ? Outcome.Served : outcome);
    }

    private void releaseBody() {
        if (bodyHeld) {
            bodyHeld = false;
            order.body().release();
        }
    }
}
