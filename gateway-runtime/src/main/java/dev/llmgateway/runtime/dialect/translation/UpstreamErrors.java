package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.RetryAfter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What upstreams' error objects mean, for clients of another family (translation.md 5.2, 5.3).
public final class UpstreamErrors {
    /// Characters of an upstream's message that are passed on.
    private static final int MOST_MESSAGE = 4_096;

    /// Longest wait that is passed on.
    private static final long MOST_WAIT_MILLIS = 86_400_000;

    private static final Pattern NUMBERS = Pattern.compile("(\\d+) tokens");

    private UpstreamErrors() {}

    /// @param type Anthropic's, such as `overloaded_error`
    public static GatewayError anthropic(String type, String message) {
        ErrorCode code =
                switch (type) {
                    case "invalid_request_error" ->
                            tooLong(message) ? ErrorCode.CONTEXT_LENGTH : ErrorCode.BAD_REQUEST;
                    case "authentication_error" -> ErrorCode.UNAUTHENTICATED;
                    case "billing_error" -> ErrorCode.QUOTA_SPENT;
                    case "permission_error" -> ErrorCode.PERMISSION_DENIED;
                    case "not_found_error" -> notFound(message);
                    case "conflict_error" -> ErrorCode.CONFLICT;
                    case "request_too_large" -> ErrorCode.BODY_TOO_LARGE;
                    case "rate_limit_error" -> ErrorCode.RATE_LIMITED;
                    case "timeout_error" -> ErrorCode.UPSTREAM_TIMEOUT;
                    case "overloaded_error" -> ErrorCode.OVERLOADED;
                    case "api_error" -> ErrorCode.UPSTREAM_INTERNAL;
                    default -> ErrorCode.UPSTREAM_BROKEN;
                };
        return GatewayError.of(code, shortened(message));
    }

    /// @param type OpenAI's, such as `invalid_request_error`; empty: not told
    /// @param code OpenAI's, such as `rate_limit_exceeded`; empty: not told
    public static GatewayError openAi(String type, String code, String message) {
        ErrorCode known = openAi(code);
        if (known == ErrorCode.CONTEXT_LENGTH) {
            return GatewayError.of(known, promptTooLong(message));
        }
        if (known == ErrorCode.UPSTREAM_BROKEN) {
            known = openAi(type);
        }
        if (known == ErrorCode.RATE_LIMITED) {
            long wait = RetryAfter.said(message, MOST_WAIT_MILLIS).orElse(0);
            int seconds = Math.toIntExact((wait + 999) / 1_000);
            return new GatewayError(known, shortened(message), "", seconds);
        }
        return GatewayError.of(known, shortened(message));
    }

    private static ErrorCode openAi(String kind) {
        return switch (kind) {
            case "invalid_request_error", "invalid_prompt", "invalid_value" ->
                    ErrorCode.BAD_REQUEST;
            case "context_length_exceeded" -> ErrorCode.CONTEXT_LENGTH;
            case "invalid_api_key", "authentication_error" -> ErrorCode.UNAUTHENTICATED;
            case "insufficient_quota", "billing_hard_limit_reached" -> ErrorCode.QUOTA_SPENT;
            case "permission_denied", "permission_error" -> ErrorCode.PERMISSION_DENIED;
            case "model_not_found" -> ErrorCode.MODEL_NOT_FOUND;
            case "rate_limit_exceeded", "rate_limit_error", "tokens", "requests" ->
                    ErrorCode.RATE_LIMITED;
            case "server_is_overloaded",
                    "slow_down",
                    "overloaded_error",
                    "service_unavailable_error" ->
                    ErrorCode.OVERLOADED;
            case "timeout" -> ErrorCode.UPSTREAM_TIMEOUT;
            case "server_error" -> ErrorCode.UPSTREAM_INTERNAL;
            default -> ErrorCode.UPSTREAM_BROKEN;
        };
    }

    /// Both vendors name the model they do not find.
    static ErrorCode notFound(String message) {
        return message.toLowerCase(Locale.ROOT).contains("model")
                ? ErrorCode.MODEL_NOT_FOUND
                : ErrorCode.NOT_FOUND;
    }

    private static boolean tooLong(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("prompt is too long") || lower.contains("exceed context limit");
    }

    /// Anthropic's clients compact when the message starts this way.
    private static String promptTooLong(String message) {
        Matcher numbers = NUMBERS.matcher(message);
        String most = numbers.find() ? numbers.group(1) : "";
        String asked = numbers.find() ? numbers.group(1) : "";
        return asked.isEmpty()
                ? "prompt is too long: " + shortened(message)
                : "prompt is too long: " + asked + " tokens > " + most + " maximum";
    }

    private static String shortened(String message) {
        return message.length() <= MOST_MESSAGE ? message : message.substring(0, MOST_MESSAGE);
    }
}
