package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.Slice;

/// The error body of an upstream, for a client of another family: `{"error":{"type","code",
/// "message"}}` of either family. Its words decide, then its status.
public final class ForeignError {
    /// Anthropic's word, in `details`, for an account that may not spend more; waiting is no help.
    private static final String SPEND_LIMIT = "enforced_spend_limit_reached";

    private String type = "";
    private String code = "";
    private String message = "";

    private ForeignError() {}

    /// Never throws: what cannot be read is judged by its status alone.
    ///
    /// @param anthropic the upstream speaks Messages
    /// @param status 400 to 599
    public static GatewayError read(boolean anthropic, int status, Slice body) {
        ForeignError error = new ForeignError();
        try {
            error.document(JsonCursor.of(body));
        } catch (MalformedJson _) {
            // proxies answer in HTML
        }
        return error.meaning(anthropic, status);
    }

    private void document(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "error" -> error(json);
                case "message", "detail" -> message = json.text();
                default -> json.skip();
            }
        }
    }

    private void error(JsonCursor json) {
        if (json.kind() == JsonKind.String) {
            message = json.text();
        } else if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "type" -> type = json.text();
                    case "code" -> code = json.text();
                    case "message" -> message = json.text();
                    case "details" -> details(json);
                    default -> json.skip();
                }
            }
        }
    }

    private void details(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            if (json.key().equals("error_code")) {
                code = json.text();
            } else {
                json.skip();
            }
        }
    }

    private GatewayError meaning(boolean anthropic, int status) {
        String words =
                message.isEmpty() ? "The upstream answered with status " + status + "." : message;
        if (anthropic && code.equals(SPEND_LIMIT)) {
            return GatewayError.of(ErrorCode.QUOTA_SPENT, words);
        }
        GatewayError told =
                anthropic
                        ? UpstreamErrors.anthropic(type, words)
                        : UpstreamErrors.openAi(type, code, words);
        return isVague(told.code())
                ? GatewayError.of(byStatus(status, told.message()), told.message())
                : told;
    }

    /// Whether the status tells more.
    private static boolean isVague(ErrorCode code) {
        return code == ErrorCode.UPSTREAM_BROKEN
                || code == ErrorCode.UPSTREAM_INTERNAL
                || code == ErrorCode.BAD_REQUEST;
    }

    private static ErrorCode byStatus(int status, String words) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 402 -> ErrorCode.QUOTA_SPENT;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404 -> UpstreamErrors.notFound(words);
            case 408, 504 -> ErrorCode.UPSTREAM_TIMEOUT;
            case 409 -> ErrorCode.CONFLICT;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 500 -> ErrorCode.UPSTREAM_INTERNAL;
            case 503, 529 -> ErrorCode.OVERLOADED;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.UPSTREAM_BROKEN;
        };
    }
}
