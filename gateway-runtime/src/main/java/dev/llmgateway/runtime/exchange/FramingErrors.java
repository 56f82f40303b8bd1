package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.telemetry.Outcome;
import dev.llmgateway.runtime.transport.Response;
import dev.llmgateway.runtime.transport.TransportErrors;
import org.jspecify.annotations.Nullable;

/// Gives the transport's own refusals the envelope that both families of clients read, and a line
/// in the access log.
public final class FramingErrors implements TransportErrors {
    private final Services services;
    private final RequestIds ids;

    public FramingErrors(Services services, RequestIds ids) {
        this.services = services;
        this.ids = ids;
    }

    @Override
    public Response response(int loop, int status, String message) {
        Trail trail = new Trail(services, loop, ids.next(null));
        heed(services.live().current(), trail);
        Response response = Answers.refusal(status, message, trail.requestId());
        trail.answering(status);
        trail.settle(Outcome.Rejected);
        return response;
    }

    /// Whether refusals are recorded is the plan's to say; one with a hole keeps no answer back.
    private static void heed(@Nullable Snapshot snapshot, Trail trail) {
        if (snapshot == null) {
            return;
        }
        try {
            trail.serving(snapshot);
        } catch (NullPointerException _) {
            // then it is recorded
        }
    }
}
