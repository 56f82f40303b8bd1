package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.GatewaySettings.AffinityPlan;
import dev.llmgateway.runtime.balance.AffinityKey;
import dev.llmgateway.runtime.balance.Session;
import dev.llmgateway.runtime.dialect.ConversationStart;

/// Which conversation a request goes on with, for the sake of the provider's cache.
final class Sessions {
    private Sessions() {}

    /// Reads the body only when the headers say nothing, unless it is to be asked first.
    ///
    /// @param keyUid of the client's key: sessions of two keys are never the same
    static Session of(Order order, String keyUid, AffinityPlan plan) {
        if (!plan.enabled()) {
            return Session.NONE;
        }
        boolean headerFirst = plan.sources().indexOf("Header") == 0;
        String named =
                headerFirst
                        ? AffinityKey.of(plan, order.head()::header, AffinityKey.Body.SILENT)
                        : "";
        if (named.isEmpty()) {
            named = AffinityKey.of(plan, order.head()::header, body(order));
        }
        return Session.of(keyUid, named);
    }

    private static AffinityKey.Body body(Order order) {
        ConversationStart start =
                ConversationStart.read(
                        order.facts().marks(), offset -> BodyStream.of(order.body(), offset));
        return new AffinityKey.Body(
                start.userId(), start.promptCacheKey(), start.previousResponse(), start.hash());
    }
}
