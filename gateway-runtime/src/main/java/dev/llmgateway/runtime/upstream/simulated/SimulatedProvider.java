package dev.llmgateway.runtime.upstream.simulated;

import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.UpstreamCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The provider `Simulated`: answers inside the gateway as an upstream would, the same request
/// always with the same bytes. What it plays is chosen by the model's name (see `models`).
public final class SimulatedProvider {
    /// Names for the models route, one per behaviour. Any other `simulated-*` answers too.
    public List<String> models() {
        return ModelList.NAMES;
    }

    /// As the longer form, with the default limit of a non-streaming call.
    public UpstreamCall call(
            WireFormat format,
            String model,
            boolean stream,
            InputStream body,
            Loop loop,
            Reply reply) {
        long limit = TimeoutPlan.DEFAULT.responseMillis();
        return call(format, model, stream, body, limit, loop, reply);
    }

    /// Starts a call; must run on `loop`. `reply` hears of it only after this method returned.
    ///
    /// @param model name the upstream is asked for; replies carry it
    /// @param body read to its end before this returns and not kept; in memory, never blocking
    /// @param firstByteMillis when `simulated-hang` gives up with `Timeout`
    public UpstreamCall call(
            WireFormat format,
            String model,
            boolean stream,
            InputStream body,
            long firstByteMillis,
            Loop loop,
            Reply reply) {
        Performance performance =
                new Stage(format, model, stream, firstByteMillis).rehearse(all(body));
        return Playback.start(performance, loop, reply);
    }

    private static byte[] all(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("a body in memory could not be read", broken);
        }
    }
}
