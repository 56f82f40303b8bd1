package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.UpstreamErrors;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;

/// A `response` object of an upstream.
///
/// @param id without its prefix
/// @param status empty: not told
/// @param reason of being incomplete; empty: none
/// @param output list of items; empty: not told
/// @param error object; empty: none
record DecodedResponse(
        String object,
        String id,
        String model,
        ServiceTier tier,
        String status,
        String reason,
        Slice output,
        Usage usage,
        Slice error) {
    private static final String PREFIX = "resp_";
    private static final String UNTOLD = "the upstream told an error without a message";

    static DecodedResponse read(Slice response) {
        String object = "";
        String id = "";
        String model = "";
        String tier = "";
        String status = "";
        String reason = "";
        Slice output = Slice.EMPTY;
        Slice usage = Slice.EMPTY;
        Slice error = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(response);
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "object" -> object = json.text();
                    case "id" -> id = json.text();
                    case "model" -> model = json.text();
                    case "service_tier" -> tier = json.text();
                    case "status" -> status = json.text();
                    case "incomplete_details" -> reason = member(json, "reason");
                    case "output" -> output = json.value();
                    case "usage" -> usage = json.value();
                    case "error" -> error = json.value();
                    default -> json.skip();
                }
            }
        }
        return new DecodedResponse(
                object,
                id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id,
                model,
                tier(tier),
                status,
                reason,
                output,
                usage.isEmpty() ? Usage.NONE : new DecodedUsage().read(usage),
                error.is("null") ? Slice.EMPTY : error);
    }

    private static String member(JsonCursor json, String name) {
        String found = "";
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals(name)) {
                    found = json.text();
                } else {
                    json.skip();
                }
            }
        }
        return found;
    }

    private static ServiceTier tier(String told) {
        return switch (told) {
            case "default" -> ServiceTier.Standard;
            case "priority" -> ServiceTier.Priority;
            default -> ServiceTier.Untold;
        };
    }

    ReplyEvent.Start start() {
        return new ReplyEvent.Start(id, model, tier, usage);
    }

    boolean failed() {
        return status.equals("failed") || status.equals("cancelled") || !error.isEmpty();
    }

    GatewayError error(String otherwise) {
        return error.isEmpty()
                ? UpstreamErrors.openAi("server_error", "", otherwise)
                : error(error);
    }

    /// @param error an object, or what stands in its place
    static GatewayError error(Slice error) {
        String type = "";
        String code = "";
        String message = "";
        JsonCursor json = JsonCursor.of(error);
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "type" -> type = json.text();
                    case "code" -> code = json.text();
                    case "message" -> message = json.text();
                    default -> json.skip();
                }
            }
        }
        return UpstreamErrors.openAi(type, code, message.isEmpty() ? UNTOLD : message);
    }

    /// @param items that were told
    ReplyEvent.Finish finish(DecodedItems items) {
        StopReason meaning =
                switch (reason) {
                    case "max_output_tokens", "max_tokens" -> StopReason.MaxTokens;
                    case "content_filter" -> StopReason.Refusal;
                    default -> ended(items);
                };
        return new ReplyEvent.Finish(meaning, Slice.EMPTY, usage);
    }

    private static StopReason ended(DecodedItems items) {
        if (items.called()) {
            return StopReason.ToolUse;
        }
        return items.refused() ? StopReason.Refusal : StopReason.EndTurn;
    }
}
