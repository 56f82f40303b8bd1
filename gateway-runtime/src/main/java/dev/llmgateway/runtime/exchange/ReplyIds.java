package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.Candidate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How ids of stored responses in a reply are shown to a client.
///
/// @param namespace of the client's key
/// @param bound they are the gateway's own; else the upstream's stay
record ReplyIds(ResponseIds ids, String namespace, boolean bound) {
    /// @return null: they stay
    @Nullable UnaryOperator<String> of(Candidate candidate) {
        return bound ? id -> ids.bound(candidate.account(), namespace, id) : null;
    }
}
