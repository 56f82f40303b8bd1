package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.admission.ApiKeys;
import dev.llmgateway.runtime.admission.Permissions;
import dev.llmgateway.runtime.balance.Session;
import dev.llmgateway.runtime.dialect.Detection;
import dev.llmgateway.runtime.dialect.Detector;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.BodyScan;
import dev.llmgateway.runtime.dialect.json.JsonScanner;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestConsumer;
import dev.llmgateway.runtime.transport.Response;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One admitted request's story: its body is scanned while it arrives, its format detected, its
/// model authorised and routed; then it is delivered. Lives on one event loop; nothing here blocks
/// or locks.
final class Exchange extends Ongoing.Member implements RequestConsumer {
    private final Services services;
    private final Trail trail;
    private final Downstream downstream;
    private final Placing asked;
    private final Workspace workspace;
    private @Nullable JsonScanner scanner;
    private @Nullable Delivery delivery;

    Exchange(
            Services services,
            Workspace workspace,
            Trail trail,
            Downstream downstream,
            Placing asked) {
        this.services = services;
        this.workspace = workspace;
        this.scanner = workspace.scanner();
        this.trail = trail;
        this.downstream = downstream;
        this.asked = asked;
        trail.listed(this);
        workspace.ongoing().join(this);
    }

    @Override
    Caller caller() {
        return asked.admitted().caller();
    }

    /// A request whose body is still arriving is looked at again.
    @Override
    void revoked() {
        if (delivery == null) {
            return;
        }
        delivery.abandon();
        if (downstream.headSent()) {
            downstream.abort();
            trail.settle(Outcome.Revoked);
        } else {
            refuse(GatewayError.of(ErrorCode.UNAUTHENTICATED, ApiKeys.INVALID), Outcome.Revoked);
        }
    }

    @Override
    public String holder() {
        return asked.admitted().caller().key().uid();
    }

    @Override
    public void peek(ByteBuf chunk) {
        if (scanner != null) {
            scanner.feed(chunk);
        }
    }

    @Override
    public void body(RequestBody body) {
        Optional<GatewayError> fault;
        try {
            fault = judged(body);
        } catch (RuntimeException bug) {
            if (delivery == null) {
                body.release();
            }
            trail.answering(ErrorCode.INTERNAL.status());
            trail.settle(Outcome.Rejected);
            throw bug; // the transport tells it and refuses the request
        }
        if (fault.isPresent()) {
            body.release();
            refuse(fault.get(), Outcome.Rejected);
        }
    }

    private Optional<GatewayError> judged(RequestBody body) {
        trail.received(body.length());
        if (asked.route().operation() == Operation.ResponseById) {
            returnScanner();
            return stored(body);
        }
        return switch (scan()) {
            case BodyScan.Invalid(String reason, int offset) ->
                    Optional.of(Faults.badBody(reason, offset));
            case BodyScan.Valid(BodyFacts facts) -> understood(facts, body);
        };
    }

    /// What the whole body is; its scanner is free for another.
    private BodyScan scan() {
        JsonScanner reader = Objects.requireNonNull(scanner);
        BodyScan scan = reader.finish();
        returnScanner();
        return scan;
    }

    private void returnScanner() {
        if (scanner != null) {
            workspace.give(scanner);
            scanner = null;
        }
    }

    private Optional<GatewayError> understood(BodyFacts facts, RequestBody body) {
        Detection detection =
                Detector.detect(
                        asked.route(),
                        asked.head().query(),
                        asked.head()::header,
                        facts,
                        () -> BodyStream.of(body));
        trail.understood(detection.answer(), facts.model(), Order.streams(facts));
        Optional<GatewayError> lacking = permitted(detection.answer(), facts);
        return lacking.isPresent() ? lacking : deliver(detection, facts, body);
    }

    private Optional<GatewayError> permitted(WireFormat format, BodyFacts facts) {
        if (facts.model().isEmpty()) {
            return Optional.of(
                    new GatewayError(
                            ErrorCode.BAD_REQUEST, "The body names no model.", "model", 0));
        }
        return Permissions.format(asked.admitted().caller(), format)
                .or(() -> Permissions.model(asked.admitted().caller(), facts.model()));
    }

    /// Routes and starts the delivery, which then owns the body; or says why not.
    private Optional<GatewayError> deliver(Detection detection, BodyFacts facts, RequestBody body) {
        Placement placement = asked.of(detection, facts, body);
        boolean nobody = placement instanceof Placement.Nobody;
        return nobody && counts() ? estimated(facts, body) : start(placement);
    }

    /// A response is asked of the account that has it, or deleted there.
    private Optional<GatewayError> stored(RequestBody body) {
        trail.understood(WireFormat.Responses, "", false);
        Optional<GatewayError> lacking =
                Permissions.format(asked.admitted().caller(), WireFormat.Responses);
        return lacking.isPresent() ? lacking : start(asked.stored(body));
    }

    private Optional<GatewayError> start(Placement placement) {
        return switch (placement) {
            case Placement.Refused(GatewayError error) -> Optional.of(error);
            case Placement.Nobody(GatewayError error) -> Optional.of(error);
            case Order order -> start(order);
        };
    }

    private Optional<GatewayError> start(Order order) {
        Decision decision = CarriedReasoning.first(order, workspace);
        trail.routed(decision);
        Session session =
                order.decision().offersChoice()
                        ? Sessions.of(
                                order, holder(), asked.snapshot().plan().settings().affinity())
                        : Session.NONE;
        delivery =
                new Delivery(
                        services,
                        workspace,
                        trail,
                        downstream,
                        asked.snapshot(),
                        order,
                        decision,
                        session);
        delivery.start();
        return Optional.empty();
    }

    private boolean counts() {
        return asked.route().operation() == Operation.CountTokens
                || asked.route().operation() == Operation.InputTokens;
    }

    /// No upstream counts the tokens of this format, but one serves the model.
    private Optional<GatewayError> estimated(BodyFacts facts, RequestBody body) {
        Response response;
        try {
            response =
                    new Estimate(asked.snapshot(), asked.admitted(), asked.route().operation())
                            .answer(facts.model(), body, workspace, trail.requestId());
        } catch (Refusal refusal) {
            return Optional.of(refusal.error());
        }
        body.release();
        trail.answering(response.status());
        trail.sent(response.body().length());
        downstream.respond(response);
        trail.settle(response.status() < 400 ? Outcome.Served : Outcome.Rejected);
        return Optional.empty();
    }

    private void refuse(GatewayError error, Outcome outcome) {
        var response = Answers.error(error, trail.format(), trail.requestId());
        trail.answering(response.status());
        downstream.respond(response);
        trail.settle(outcome);
    }

    @Override
    public void writable() {
        if (delivery != null) {
            delivery.resume();
        }
    }

    @Override
    public Response refused(int status, String message) {
        returnScanner();
        trail.answering(status);
        trail.settle(Outcome.Rejected);
        return Answers.refusal(status, message, trail.requestId());
    }

    @Override
    public void closed(CloseReason reason) {
        returnScanner();
        if (delivery != null) {
            delivery.abandon();
        }
        trail.settle(Outcome.ClientLeft);
    }
}
