package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.model.AccountTag;
import dev.llmgateway.runtime.routing.Decision;

/// Reasoning that a conversation of Messages or Chat carries for an account of Responses, which
/// alone can read it (translation.md 3.5): that account is asked first among equals, whichever
/// process has the request.
final class CarriedReasoning {
    private CarriedReasoning() {}

    static Decision first(Order order, Workspace workspace) {
        Decision all = order.decision();
        boolean useful =
                order.format() != WireFormat.Responses
                        && all.offersChoice()
                        && all.everyone().stream()
                                .anyMatch(c -> c.format() == WireFormat.Responses);
        if (!useful) {
            return all;
        }
        String tag =
                ReasoningCarrier.lastAccount(
                        ReasoningCarrier.REASONING, Translation.heap(order.body(), workspace));
        return tag.isEmpty()
                ? all
                : all.preferring(account -> AccountTag.of(account.uid()).equals(tag));
    }
}
