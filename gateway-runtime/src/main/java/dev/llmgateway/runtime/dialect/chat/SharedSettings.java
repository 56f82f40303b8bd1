package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Slice;

/// Settings that OpenAI's formats say alike.
public final class SharedSettings {
    private SharedSettings() {}

    /// Who the end user is.
    public static void user(ChatRequest request, JsonBytes json) {
        if (request.user().isEmpty()) {
            return;
        }
        if (request.source() == WireFormat.Messages) {
            json.member("safety_identifier", EndUser.identifier(request.user()));
        } else {
            json.member("user", request.user());
        }
    }

    /// What the conversation is called, for the provider's cache.
    public static void session(ChatRequest request, JsonBytes json) {
        Slice key = request.sessionKey();
        if (!key.isEmpty()) {
            json.member("prompt_cache_key", key);
            return;
        }
        String session =
                request.source() == WireFormat.Messages ? EndUser.session(request.user()) : "";
        if (!session.isEmpty()) {
            json.member("prompt_cache_key", session);
        }
    }

    public static void tier(ChatRequest request, RequestOutput to) {
        String tier = request.serviceTier();
        if (tier.isEmpty()) {
            return;
        }
        if (request.source() != WireFormat.Messages || tier.equals("auto")) {
            to.json().member("service_tier", tier);
        } else if (tier.equals("standard_only")) {
            to.json().member("service_tier", "default");
        } else {
            to.notes().lost("service_tier", "no such tier: " + FieldName.of(tier));
        }
    }

    /// The members of a schema that the reply has to keep to.
    public static void schema(OutputFormat.JsonSchema format, WireFormat source, JsonBytes json) {
        boolean strict =
                source == WireFormat.Messages
                        ? StrictSubset.holds(format.schema())
                        : format.strict();
        json.member("name", format.name().isEmpty() ? "output" : format.name());
        if (!format.description().isEmpty()) {
            json.member("description", format.description());
        }
        if (!format.schema().isEmpty()) {
            json.name("schema").json(format.schema());
        }
        json.member("strict", strict);
    }
}
