package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.balance.Said;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.Headroom;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.upstream.FailureClassifier;
import dev.llmgateway.runtime.upstream.ReplyClass;
import java.util.OptionalLong;

/// What a reply that is no success shows of the account. Pure.
final class ReplyEvidence {
    /// Bytes of the body in which a vendor's error code is looked for.
    static final int START = 4 << 10;

    private ReplyEvidence() {}

    /// @param start of the body, as text
    /// @throws IllegalStateException when the status is a success
    static Evidence of(
            ResponseHead head,
            Headroom headroom,
            String start,
            Candidate candidate,
            long nowMillis) {
        HealthPlan health = candidate.account().health();
        return switch (FailureClassifier.reply(head.status(), health, start)) {
            case ReplyClass.Success _ ->
                    throw new IllegalStateException("no failure: " + head.status());
            case ReplyClass.Failed(FailureClass failure, boolean spent) -> {
                String words = failure == FailureClass.Capacity ? start : "";
                OptionalLong wait = Forwarding.retryAfterMillis(head, words, nowMillis);
                Said said = Said.of(wait, headroom, nowMillis);
                Evidence seen = Evidence.of(failure, head.status(), nowMillis).saying(said);
                if (spent) {
                    yield seen.ofASpentAccount();
                }
                // OpenAI limits each model by itself and names it.
                boolean ofTheModel =
                        failure == FailureClass.Capacity && names(start, candidate.model());
                yield ofTheModel ? seen.aboutTheModel() : seen;
            }
        };
    }

    /// Whether the model stands there as a word of its own.
    private static boolean names(String text, String model) {
        for (int at = text.indexOf(model); at >= 0; at = text.indexOf(model, at + 1)) {
            if (ends(text, at - 1) && ends(text, at + model.length())) {
                return !model.isEmpty();
            }
        }
        return false;
    }

    private static boolean ends(String text, int index) {
        return index < 0
                || index >= text.length()
                || !(Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '-');
    }
}
