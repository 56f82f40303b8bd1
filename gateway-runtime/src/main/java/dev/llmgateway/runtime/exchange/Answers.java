package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.ErrorEnvelope;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.Response;
import org.jspecify.annotations.Nullable;

/// Replies the gateway makes itself.
final class Answers {
    private Answers() {}

    /// @param format of the client's request; null: not known yet, the envelope serves both
    ///   families
    static Response error(GatewayError error, @Nullable WireFormat format, String requestId) {
        HeaderLines headers = json(requestId);
        if (error.retryAfterSeconds() > 0) {
            headers.add("retry-after", Integer.toString(error.retryAfterSeconds()));
        }
        if (isLasting(error.code())) {
            headers.add("x-should-retry", "false");
        }
        int status = ErrorEnvelope.status(error.code(), format);
        return new Response(
                status,
                headers,
                ErrorEnvelope.body(error, format, requestId),
                closes(error.code()));
    }

    /// Whether clients would repeat in vain what they repeat by themselves: agents a bare 401 for
    /// 40 s (spec/http.md), SDKs each 409 and 429 (translation.md 5.5).
    private static boolean isLasting(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED, PERMISSION_DENIED, QUOTA_SPENT, CONFLICT -> true;
            default -> false;
        };
    }

    /// An error behind so many upstream calls.
    static Response spent(
            GatewayError error, @Nullable WireFormat format, String requestId, int attempts) {
        Response response = error(error, format, requestId);
        response.headers().add("x-gateway-attempts", attempts);
        return response;
    }

    /// What is said when no upstream could answer: an error, but of a count about how many tokens
    /// there are, unless it is the request's own fault.
    static Response last(
            GatewayError error, Order order, Trail trail, int attempts, Workspace workspace) {
        boolean estimates =
                order.format() == WireFormat.CountTokens
                        && order.decision().everyone().getFirst().format() != order.format()
                        && error.code() != ErrorCode.BAD_REQUEST;
        if (!estimates) {
            return spent(error, order.answer(), trail.requestId(), attempts);
        }
        long tokens = Translation.estimate(WireFormat.Messages, order.body(), workspace);
        return estimate(tokens, false, trail.requestId());
    }

    /// A refusal of the transport's.
    static Response refusal(int status, String message, String requestId) {
        HeaderLines headers = json(requestId);
        if (status == 503) {
            headers.add("retry-after", "1");
        }
        return new Response(
                status,
                headers,
                ErrorEnvelope.body(GatewayError.of(code(status), message), null, requestId),
                status != 426);
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 408 -> ErrorCode.CLIENT_TIMEOUT;
            case 411 -> ErrorCode.LENGTH_REQUIRED;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.BAD_REQUEST;
        };
    }

    static Response ok(String body, String requestId) {
        return new Response(200, json(requestId), body, false);
    }

    /// @param tokens estimated
    /// @param responses asked by a client of Responses
    static Response estimate(long tokens, boolean responses, String requestId) {
        HeaderLines headers = json(requestId).add("x-gateway-estimate", "true");
        String object = responses ? "\"object\":\"response.input_tokens\"," : "";
        String body = "{" + object + "\"input_tokens\":" + tokens + "}";
        return new Response(200, headers, body, false);
    }

    static Response empty(String requestId) {
        return new Response(200, ids(new HeaderLines(), requestId), "", false);
    }

    static HeaderLines ids(HeaderLines headers, String requestId) {
        return headers.add("request-id", requestId).add("x-request-id", requestId);
    }

    private static HeaderLines json(String requestId) {
        return ids(new HeaderLines().add("content-type", "application/json"), requestId);
    }

    private static boolean closes(ErrorCode code) {
        return code == ErrorCode.BAD_REQUEST || code == ErrorCode.BODY_TOO_LARGE;
    }
}
