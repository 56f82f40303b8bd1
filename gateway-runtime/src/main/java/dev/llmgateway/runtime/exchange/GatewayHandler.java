package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.admission.Permissions;
import dev.llmgateway.runtime.admission.PresentedKey;
import dev.llmgateway.runtime.admission.Verdict;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.Routes;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Downstream;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.RequestConsumer;
import dev.llmgateway.runtime.transport.RequestHandler;
import dev.llmgateway.runtime.transport.RequestHead;
import dev.llmgateway.runtime.transport.Response;
import java.util.Optional;

/// The reception of one loop: decides on the head alone, before a body byte is read, what becomes
/// of a request.
public final class GatewayHandler implements RequestHandler {
    private final Services services;
    private final RequestIds ids;
    private final Workspace workspace;

    /// The reception of one loop; the first also has the accounts' active probes.
    public static GatewayHandler on(Loop loop, Services services, RequestIds ids) {
        return on(loop, services, ids, Heartbeat.SILENCE_MILLIS);
    }

    /// @param heartbeatMillis silence of a stream that is filled with a sign of life
    static GatewayHandler on(Loop loop, Services services, RequestIds ids, long heartbeatMillis) {
        if (loop.index() == 0) {
            new ActiveProbes(services, loop).start();
        }
        GatewayHandler handler = new GatewayHandler(services, ids, heartbeatMillis);
        new Revocations(services, handler.workspace.ongoing(), loop).start();
        return handler;
    }

    private GatewayHandler(Services services, RequestIds ids, long heartbeatMillis) {
        this.services = services;
        this.ids = ids;
        this.workspace = new Workspace(heartbeatMillis);
    }

    @Override
    public RequestConsumer begin(RequestHead head, Downstream downstream) {
        var trail =
                new Trail(
                        services, downstream.loop().index(), ids.next(head.header("x-request-id")));
        try {
            return decide(trail, downstream, head);
        } catch (RuntimeException bug) {
            trail.answering(ErrorCode.INTERNAL.status());
            trail.settle(Outcome.Rejected);
            throw bug; // the transport tells it and refuses the request
        }
    }

    private RequestConsumer decide(Trail trail, Downstream downstream, RequestHead head) {
        Snapshot snapshot = services.live().current();
        boolean crossOrigin = snapshot != null && snapshot.cors().welcomes(head, downstream);
        Route route = Routes.route(head.path());
        Operation operation = route.operation();
        if (operation == Operation.Unknown) {
            return refuse(
                    trail,
                    downstream,
                    GatewayError.of(ErrorCode.UNKNOWN_ROUTE, "No such route: " + head.path()));
        }
        if (crossOrigin && Cors.isPreflight(head)) {
            Response preflight = Cors.preflight(head, operation, trail.requestId());
            return answer(trail, downstream, preflight, Outcome.Served);
        }
        if (!operation.allows(head.method())) {
            return methodNotAllowed(trail, downstream, operation);
        }
        if (operation == Operation.Root) {
            return answer(trail, downstream, Answers.empty(trail.requestId()), Outcome.Served);
        }
        if (snapshot == null) {
            return refuse(
                    trail,
                    downstream,
                    new GatewayError(ErrorCode.OVERLOADED, "The gateway is starting.", "", 1));
        }
        return identified(trail, downstream, head, route, snapshot);
    }

    private RequestConsumer identified(
            Trail trail, Downstream downstream, RequestHead head, Route route, Snapshot snapshot) {
        trail.serving(snapshot);
        Verdict verdict =
                snapshot.keys().verify(PresentedKey.of(head::header), services.clock().millis());
        return switch (verdict) {
            case Verdict.Denied(GatewayError error) -> refuse(trail, downstream, error);
            case Verdict.Admitted admitted ->
                    admitted(trail, downstream, head, route, snapshot, admitted);
        };
    }

    private RequestConsumer admitted(
            Trail trail,
            Downstream downstream,
            RequestHead head,
            Route route,
            Snapshot snapshot,
            Verdict.Admitted admitted) {
        trail.admitted(admitted.caller());
        Optional<GatewayError> lacking =
                route.operation()
                        .access(head.method())
                        .flatMap(access -> Permissions.access(admitted.caller(), access));
        if (lacking.isEmpty()) {
            lacking =
                    Preconditions.check(
                            head, route.operation(), services.meters(), snapshot.plan().settings());
        }
        if (lacking.isPresent()) {
            return refuse(trail, downstream, lacking.get());
        }
        if (LocalRoutes.answers(route.operation())) {
            Response response =
                    new LocalRoutes(services, snapshot, admitted.caller())
                            .answer(route, head.query(), trail.requestId());
            return answer(trail, downstream, response, Outcome.Served);
        }
        return new Exchange(
                services,
                workspace,
                trail,
                downstream,
                new Placing(head, route, snapshot, admitted));
    }

    private static RequestConsumer methodNotAllowed(
            Trail trail, Downstream downstream, Operation operation) {
        var error =
                GatewayError.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This route takes " + operation.allow() + ".");
        Response response = Answers.error(error, null, trail.requestId());
        HeaderLines headers = response.headers().add("allow", operation.allow());
        return answer(
                trail,
                downstream,
                new Response(response.status(), headers, response.body(), false),
                Outcome.Rejected);
    }

    private static RequestConsumer refuse(Trail trail, Downstream downstream, GatewayError error) {
        return answer(
                trail, downstream, Answers.error(error, null, trail.requestId()), Outcome.Rejected);
    }

    private static RequestConsumer answer(
            Trail trail, Downstream downstream, Response response, Outcome outcome) {
        trail.answering(response.status());
        trail.sent(response.body().length());
        downstream.respond(response);
        trail.settle(outcome);
        return Answered.INSTANCE;
    }
}
