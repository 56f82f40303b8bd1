package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.WireFormat;

/// Error bodies in the vendors' shapes (translation.md, section 5.1 to 5.3).
///
/// @param openAiCode empty: `null` on the wire
record VendorError(int status, String anthropicType, String openAiType, String openAiCode) {
    static VendorError of(int status) {
        return new VendorError(
                status, anthropicType(status), openAiType(status), openAiCode(status));
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 402 -> "insufficient_quota";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "service_unavailable_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String openAiCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_denied";
            case 404 -> "model_not_found";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_exceeded";
            case 503, 529 -> "server_is_overloaded";
            case 504 -> "timeout";
            default -> "";
        };
    }

    /// The body of an HTTP error.
    ObjectNode body(WireFormat format, String message, String id) {
        boolean anthropic = format == WireFormat.Messages || format == WireFormat.CountTokens;
        return anthropic ? anthropicBody(message, id) : openAiBody(message);
    }

    ObjectNode anthropicBody(String message, String id) {
        ObjectNode body = Json.typed("error");
        body.set("error", Json.typed(anthropicType).put("message", message));
        return body.put("request_id", "req_" + id);
    }

    ObjectNode openAiBody(String message) {
        return Json.object().set("error", openAiError(message));
    }

    ObjectNode openAiError(String message) {
        ObjectNode error = Json.object().put("message", message).put("type", openAiType);
        error.putNull("param");
        return openAiCode.isEmpty() ? error.putNull("code") : error.put("code", openAiCode);
    }
}
