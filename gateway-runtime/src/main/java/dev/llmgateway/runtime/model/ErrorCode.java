package dev.llmgateway.runtime.model;

/// Every error the gateway itself can answer: HTTP status, the names both vendors' clients know,
/// and whether a retry may help. Statuses and names: spec/http.md (Errors) and translation.md 5.
public enum ErrorCode {
    BAD_REQUEST(400, "invalid_request_error", "invalid_request_error", "", false),
    /// The prompt is longer than the model takes.
    CONTEXT_LENGTH(
            400,
            "invalid_request_error",
            "invalid_request_error",
            "context_length_exceeded",
            false),
    UNAUTHENTICATED(401, "authentication_error", "invalid_request_error", "invalid_api_key", false),
    /// The account's money or quota is spent; 402 for Anthropic's clients.
    QUOTA_SPENT(429, "billing_error", "insufficient_quota", "insufficient_quota", false),
    PERMISSION_DENIED(403, "permission_error", "invalid_request_error", "permission_denied", false),
    UNKNOWN_ROUTE(404, "not_found_error", "invalid_request_error", "unknown_url", false),
    /// An upstream does not find something that is no model.
    NOT_FOUND(404, "not_found_error", "invalid_request_error", "", false),
    MODEL_NOT_FOUND(404, "not_found_error", "invalid_request_error", "model_not_found", false),
    METHOD_NOT_ALLOWED(
            405, "invalid_request_error", "invalid_request_error", "method_not_allowed", false),
    CLIENT_TIMEOUT(408, "timeout_error", "invalid_request_error", "request_timeout", true),
    CONFLICT(409, "conflict_error", "invalid_request_error", "conflict", false),
    LENGTH_REQUIRED(
            411, "invalid_request_error", "invalid_request_error", "length_required", false),
    BODY_TOO_LARGE(413, "request_too_large", "invalid_request_error", "request_too_large", false),
    UNSUPPORTED_MEDIA_TYPE(
            415, "invalid_request_error", "invalid_request_error", "unsupported_media_type", false),
    RATE_LIMITED(429, "rate_limit_error", "rate_limit_error", "rate_limit_exceeded", true),
    INTERNAL(500, "api_error", "server_error", "internal_error", true),
    /// An upstream's own fault, told with status 500.
    UPSTREAM_INTERNAL(500, "api_error", "server_error", "", true),
    TRANSLATION_MISSING(
            501,
            "not_supported_error",
            "invalid_request_error",
            "translation_not_supported",
            false),
    UPSTREAM_BROKEN(502, "api_error", "server_error", "upstream_error", true),
    OVERLOADED(503, "overloaded_error", "service_unavailable_error", "server_is_overloaded", true),
    UPSTREAM_TIMEOUT(504, "timeout_error", "server_error", "timeout", true);

    private final int status;
    private final String anthropicType;
    private final String openAiType;
    private final String openAiCode;
    private final boolean retryable;

    ErrorCode(
            int status,
            String anthropicType,
            String openAiType,
            String openAiCode,
            boolean retryable) {
        this.status = status;
        this.anthropicType = anthropicType;
        this.openAiType = openAiType;
        this.openAiCode = openAiCode;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String anthropicType() {
        return anthropicType;
    }

    public String openAiType() {
        return openAiType;
    }

    /// Empty: `null` on the wire.
    public String openAiCode() {
        return openAiCode;
    }

    public boolean retryable() {
        return retryable;
    }
}
