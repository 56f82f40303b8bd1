package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.UpstreamErrors;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Slice;

/// Reads error objects inside replies.
final class ChatErrors {
    private static final String UNTOLD = "the upstream told an error without a message";

    private ChatErrors() {}

    /// @param error valid JSON: an object, or whatever stands in its place
    static GatewayError read(Slice error) {
        JsonCursor json = JsonCursor.of(error);
        String type = "";
        String code = "";
        String message = "";
        if (json.kind() == JsonKind.String) {
            message = json.text();
        } else if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "type" -> type = json.text();
                    case "code" -> code = code(json);
                    case "message" -> message = json.text();
                    default -> json.skip();
                }
            }
        }
        return UpstreamErrors.openAi(type, code, message.isEmpty() ? UNTOLD : message);
    }

    /// Aggregators put an HTTP status where OpenAI has a name.
    private static String code(JsonCursor json) {
        if (json.kind() == JsonKind.String) {
            return json.text();
        }
        return switch ((int) Math.min(json.count(0), 1_000)) {
            case 400, 413, 422 -> "invalid_request_error";
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_denied";
            case 404 -> "model_not_found";
            case 408, 504 -> "timeout";
            case 429 -> "rate_limit_exceeded";
            case 503, 529 -> "server_is_overloaded";
            default -> "";
        };
    }
}
