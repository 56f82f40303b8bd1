package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.RetryAfter;
import org.jspecify.annotations.Nullable;

/// Our own errors on the wire: one envelope that both vendors' clients read (translation.md 1.3),
/// with the names of the answer's family, and the error events of each stream format (4.7).
public final class ErrorEnvelope {
    /// Anthropic's status for an overload; the others know 503.
    private static final int MESSAGES_OVERLOADED = 529;

    /// Its status for an account without money; the others know 429.
    private static final int MESSAGES_BILLING = 402;

    private ErrorEnvelope() {}

    /// @param answer null: not detected yet
    public static int status(ErrorCode code, @Nullable WireFormat answer) {
        if (answer == WireFormat.Messages && code == ErrorCode.OVERLOADED) {
            return MESSAGES_OVERLOADED;
        }
        return answer == WireFormat.Messages && code == ErrorCode.QUOTA_SPENT
                ? MESSAGES_BILLING
                : code.status();
    }

    /// The JSON body of an ordinary HTTP answer.
    ///
    /// @param answer null: not detected yet
    public static String body(GatewayError error, @Nullable WireFormat answer, String requestId) {
        return "{\"type\":\"error\",\"error\":"
                + errorObject(error, answer)
                + ",\"request_id\":"
                + JsonText.quoted(requestId)
                + "}";
    }

    /// The bytes that end a stream that has begun and whose last event was complete; never a normal
    /// end.
    ///
    /// @param position how far a Responses stream came; the other formats do not look at it
    public static byte[] streamEvent(
            GatewayError error, WireFormat answer, String requestId, StreamPosition position) {
        String events =
                switch (answer) {
                    case Messages, CountTokens ->
                            "event: error\ndata: " + body(error, answer, requestId) + "\n\n";
                    case ChatCompletions, Completions, Embeddings, Models ->
                            "data: {\"error\":" + errorObject(error, answer) + "}\n\n";
                    case Responses -> responsesEvents(error, requestId, position);
                };
        return events.getBytes(UTF_8);
    }

    private static String errorObject(GatewayError error, @Nullable WireFormat answer) {
        return "{\"type\":"
                + JsonText.quoted(type(error.code(), answer))
                + ",\"message\":"
                + JsonText.quoted(words(error, answer))
                + ",\"param\":"
                + quotedOrNull(error.param())
                + ",\"code\":"
                + quotedOrNull(error.code().openAiCode())
                + "}";
    }

    /// Codex waits as long as the words of a limit say, and reads nothing else of it in a stream
    /// (translation.md 5.2).
    private static String words(GatewayError error, @Nullable WireFormat answer) {
        String message = error.message();
        boolean silent =
                error.code() != ErrorCode.RATE_LIMITED
                        || error.retryAfterSeconds() == 0
                        || RetryAfter.said(message, Long.MAX_VALUE).isPresent();
        return switch (answer) {
            case null -> message;
            case Messages, CountTokens -> message;
            case ChatCompletions, Responses, Completions, Embeddings, Models ->
                    silent
                            ? message
                            : message + " Please try again in " + error.retryAfterSeconds() + "s.";
        };
    }

    /// Undetected: Anthropic's name, since its clients read the type and OpenAI's the code.
    private static String type(ErrorCode code, @Nullable WireFormat answer) {
        return switch (answer) {
            case null -> code.anthropicType();
            case Messages, CountTokens -> code.anthropicType();
            case ChatCompletions, Responses, Completions, Embeddings, Models -> code.openAiType();
        };
    }

    /// The live shape is nested; a flat `error` event is not raised by Python's client (4.5.7).
    private static String responsesEvents(
            GatewayError error, String requestId, StreamPosition position) {
        long sequence = position.nextSequence();
        StringBuilder out = new StringBuilder();
        String id = position.responseId();
        if (id.isEmpty()) {
            // The first event of any kind must be `created`, or the client's accumulator throws.
            id = "resp_" + requestId;
            out.append(
                    responsesEvent(
                            "response.created",
                            sequence++,
                            "\"response\":" + response(id, "in_progress", "null", "[]")));
        }
        out.append(
                responsesEvent(
                        "error",
                        sequence++,
                        "\"error\":" + errorObject(error, WireFormat.Responses)));
        String reason =
                "{\"code\":"
                        + JsonText.quoted(failedCode(error.code()))
                        + ",\"message\":"
                        + JsonText.quoted(words(error, WireFormat.Responses))
                        + "}";
        return out.append(
                        responsesEvent(
                                "response.failed",
                                sequence,
                                "\"response\":"
                                        + response(id, "failed", reason, position.output())))
                .toString();
    }

    private static String responsesEvent(String type, long sequence, String member) {
        return "event: "
                + type
                + "\ndata: {\"type\":\""
                + type
                + "\",\"sequence_number\":"
                + sequence
                + ","
                + member
                + "}\n\n";
    }

    private static String response(String id, String status, String error, String output) {
        return "{\"id\":"
                + JsonText.quoted(id)
                + ",\"object\":\"response\",\"created_at\":0,\"status\":\""
                + status
                + "\",\"error\":"
                + error
                + ",\"incomplete_details\":null,\"model\":\"\",\"output\":"
                + output
                + ",\"usage\":null,"
                + "\"metadata\":{}}";
    }

    /// The vendor's enum, and the one code beyond it that Codex acts on (translation.md 5.2).
    private static String failedCode(ErrorCode code) {
        return switch (code) {
            case RATE_LIMITED, OVERLOADED, QUOTA_SPENT, CONTEXT_LENGTH -> code.openAiCode();
            case BAD_REQUEST,
                    CONFLICT,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    UNKNOWN_ROUTE,
                    NOT_FOUND,
                    MODEL_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CLIENT_TIMEOUT,
                    LENGTH_REQUIRED,
                    BODY_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    INTERNAL,
                    UPSTREAM_INTERNAL,
                    TRANSLATION_MISSING,
                    UPSTREAM_BROKEN,
                    UPSTREAM_TIMEOUT ->
                    "server_error";
        };
    }

    private static String quotedOrNull(String text) {
        return text.isEmpty() ? "null" : JsonText.quoted(text);
    }
}
