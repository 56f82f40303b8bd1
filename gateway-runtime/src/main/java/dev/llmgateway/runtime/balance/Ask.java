package dev.llmgateway.runtime.balance;

import dev.llmgateway.runtime.model.Candidate;
import java.util.List;

/// What a request asks of the selector.
///
/// @param nowMillis wall clock, epoch milliseconds
/// @param everyone candidates of all tiers: who else could serve the request
/// @param neutral its outcome says nothing about health (count_tokens): it is never a probe
public record Ask(long nowMillis, Session session, List<Candidate> everyone, boolean neutral) {
    public Ask(long nowMillis, Session session, List<Candidate> everyone) {
        this(nowMillis, session, everyone, false);
    }

    /// The same request at a later attempt.
    public Ask at(long later) {
        return new Ask(later, session, everyone, neutral);
    }
}
