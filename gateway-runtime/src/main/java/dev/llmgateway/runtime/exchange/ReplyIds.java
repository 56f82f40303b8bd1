package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.Candidate;
import java.util.function.UnaryOperator;

/// How ids of stored responses in a reply are shown to a client: as the gateway's own.
///
/// @param namespace of the client's key
record ReplyIds(ResponseIds ids, String namespace) {
    UnaryOperator<String> of(Candidate candidate) {
        return id -> ids.bound(candidate.account(), namespace, id);
    }
}
