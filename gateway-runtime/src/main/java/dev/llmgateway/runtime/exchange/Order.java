package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.StreamFlag;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestHead;

/// What is to be delivered: an admitted, understood request with its body.
///
/// @param ownCredential the caller's own provider credential is to be forwarded
record Order(
        RequestHead head, Route route, WireFormat format, BodyFacts facts, RequestBody body, boolean ownCredential) {
    boolean streams() {
        return streams(facts);
    }

    static boolean streams(BodyFacts facts) {
        return facts.stream() == StreamFlag.True;
    }
}
