package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.runtime.balance.AccountState;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Usage;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// From a routed request to its settlement: asks a candidate, relays its reply, or says why none
/// could answer. Owns the request's body until a reply begins.
final class Delivery {
    /// Dead kept-alive connections one request may meet before its client is told.
    private static final int MOST_DEAD_CONNECTIONS = 4;

    private final Trail trail;
    private final Downstream downstream;
    private final Order order;
    private final Attempts attempts;
    private final OutboundCall outbound;
    private final GatewayPlan plan;
    private final Services services;
    private final Workspace workspace;

    private @Nullable Candidate candidate;
    private @Nullable AccountState account;
    private @Nullable UpstreamCall call;
    private @Nullable Relay relay;
    private @Nullable GatewayError untranslatable;
    private @Nullable GatewayError last;
    private @Nullable Candidate upcoming;
    private boolean bodyHeld = true;
    private boolean over;

    Delivery(
            Services services,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            Snapshot snapshot,
            Order order,
            Decision decision) {
        this.services = services;
        this.workspace = workspace;
        this.trail = trail;
        this.downstream = downstream;
        this.order = order;
        this.attempts = new Attempts(decision, services.balancer());
        this.plan = snapshot.plan();
        this.outbound = new OutboundCall(services, snapshot, downstream);
    }

    void start() {
        workspace.retries().earn(plan.settings().retryBudgetPercent());
        proceed();
    }

    /// Asks the next candidate; where none is left, the client is told what came of the last.
    private void proceed() {
        Candidate next = upcoming == null ? attempts.next() : upcoming;
        upcoming = null;
        if (next != null) {
            attempt(next);
        } else if (last != null) {
            fail(last, Outcome.Unavailable);
        } else if (untranslatable != null) {
            fail(untranslatable, Outcome.Rejected);
        } else {
            fail(Faults.modelNotFound(order.facts().model()), Outcome.Unavailable);
        }
    }

    /// Whether another account may be asked, in place of one that failed before the client knew
    /// anything; if so it will be.
    boolean another() {
        if (upcoming == null && bodyHeld && attempts.made() < plan.settings().maxAttempts()) {
            Candidate next = isPooled() ? attempts.next() : null;
            if (next != null && workspace.retries().spend(downstream.loop().now())) {
                upcoming = next;
            }
        }
        return upcoming != null;
    }

    /// What `Simulated` plays reaches the client, and a caller's own credential stays where it was
    /// meant for.
    private boolean isPooled() {
        return candidate != null
                && candidate.account().provider() != Provider.Simulated
                && !(candidate.account().credential() instanceof CredentialPlan.Passthrough);
    }

    /// An attempt failed before the client knew anything.
    private void failedOver(GatewayError error) {
        leaveAccount();
        if (error.code().retryable() && another()) {
            last = error;
            proceed();
        } else {
            fail(error, Outcome.Unavailable);
        }
    }

    private void attempt(Candidate next) {
        if (next.format() == order.format()) {
            call(next, null);
            return;
        }
        Translation translation;
        try {
            translation = Translation.of(order, next, plan, workspace, trail.nowMillis());
        } catch (Refusal refusal) {
            untranslatable = refusal.error();
            attempts.skipped();
            proceed(); // another account may speak the client's format, or one that can carry it
            return;
        }
        call(next, translation);
    }

    private void call(Candidate next, @Nullable Translation translation) {
        candidate = next;
        account = services.accounts().of(next.account().uid());
        account.started();
        trail.calling(next, attempts.made());
        trail.lost(translation == null ? "" : Warnings.header(translation.losses()));
        relay = new Relay(this, workspace, trail, downstream, order, next, translation);
        Reply reply = translation == null ? relay : new ForeignReply(this, relay, next, trail);
        call = outbound.open(order, next, translation, reply);
        relay.of(call);
    }

    /// Where the reply of a new attempt waits.
    Commit commit() {
        boolean patient = plan.settings().commitPoint().equals("FirstContent");
        return new Commit(this, workspace, trail, downstream, order.format(), patient);
    }

    /// The reply has begun: nothing is sent again after this.
    void committed() {
        releaseBody();
    }

    /// The call failed before anything reached the client.
    void failed(TransportFailure failure) {
        leaveAccount();
        if (retriable(failure) && candidate != null) {
            // A kept-alive connection that the upstream had closed meanwhile; a fresh one tells
            // whether it is alive.
            attempts.again();
            attempt(candidate);
            return;
        }
        failedOver(Faults.transport(failure));
    }

    /// The upstream answered with a status that is not the client's business.
    void refused(FailureClass failure, int status, int retryAfterSeconds) {
        failedOver(Faults.spent(failure, status, retryAfterSeconds));
    }

    /// The upstream refused the request, in words of another format.
    void answered(GatewayError error) {
        fail(error, Outcome.UpstreamError);
    }

    /// The reply broke off before anything of it reached the client.
    void broken(GatewayError error) {
        failedOver(error);
    }

    /// The reply is complete as far as the client is concerned.
    void finished(Outcome outcome, Usage usage) {
        over = true;
        leaveAccount();
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
        leaveAccount();
        releaseBody();
        if (call != null) {
            call.cancel();
        }
        if (relay != null) {
            trail.used(relay.abandon());
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
                && attempts.made() < MOST_DEAD_CONNECTIONS;
    }

    private void fail(GatewayError error, Outcome outcome) {
        over = true;
        leaveAccount();
        releaseBody();
        var response = Answers.error(error, order.format(), trail.requestId());
        trail.answering(response.status());
        downstream.respond(response);
        trail.settle(outcome);
    }

    private void leaveAccount() {
        if (account != null) {
            account.finished();
            account = null;
        }
    }

    private void releaseBody() {
        if (bodyHeld) {
            bodyHeld = false;
            order.body().release();
        }
    }
}
