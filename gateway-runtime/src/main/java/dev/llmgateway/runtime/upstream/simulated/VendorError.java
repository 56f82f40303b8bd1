package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.WireFormat;

/// Error bodies in the vendors' shapes (translation.md, section 5.1 to 5.3).
///
/// @param openAiCode empty: `null` on the wire
record VendorError(int status, String anthropicType, String openAiType, String openAiCode) {
    static VendorError of(int status) {
        return switch (status) {
            case 401 ->
                    new VendorError(
                            401,
                            "authentication_error",
                            "invalid_request_error",
                            "invalid_api_key");
            case 402 ->
                    new VendorError(
                            402, "billing_error", "insufficient_quota", "insufficient_quota");
            case 403 ->
                    new VendorError(
                            403, "permission_error", "invalid_request_error", "permission_denied");
            case 404 ->
                    new VendorError(
                            404, "not_found_error", "invalid_request_error", "model_not_found");
            case 413 ->
                    new VendorError(
                            413, "request_too_large", "invalid_request_error", "request_too_large");
            case 429 ->
                    new VendorError(
                            429, "rate_limit_error", "rate_limit_error", "rate_limit_exceeded");
            case 504 -> new VendorError(504, "timeout_error", "server_error", "timeout");
            case 503, 529 ->
                    new VendorError(
                            status,
                            "overloaded_error",
                            "service_unavailable_error",
                            "server_is_overloaded");
            default ->
                    status < 500
                            ? new VendorError(
                                    status, "invalid_request_error", "invalid_request_error", "")
                            : new VendorError(status, "api_error", "server_error", "");
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
