package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.StreamFlag;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestHead;
import dev.llmgateway.runtime.upstream.UpstreamRoute;

/// What is to be delivered: an admitted, understood request with its body.
///
/// @param ownCredential the caller's own provider credential is to be forwarded
record Order(
        RequestHead head,
        Route route,
        WireFormat format,
        BodyFacts facts,
        RequestBody body,
        boolean ownCredential) {
    /// The same route at the upstream, with what the client asked of it.
    UpstreamRoute upstreamRoute() {
        return switch (route.operation()) {
            case InputTokens ->
                    new UpstreamRoute(format, "POST", "/input_tokens", head.query(), true);
            case ResponsesCompact ->
                    new UpstreamRoute(format, "POST", "/compact", head.query(), true);
            default -> UpstreamRoute.relayed(format, head.query());
        };
    }

    boolean streams() {
        return streams(facts);
    }

    static boolean streams(BodyFacts facts) {
        return facts.stream() == StreamFlag.True;
    }
}
