package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.ErrorEnvelope;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.Response;
import dev.llmgateway.runtime.transport.TransportErrors;

/// Gives the transport's own refusals the envelope that both families of clients read.
public final class FramingErrors implements TransportErrors {
    private final RequestIds ids;

    public FramingErrors(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public Response response(int status, String message) {
        String id = ids.next(null);
        HeaderLines headers =
                Answers.ids(new HeaderLines().add("content-type", "application/json"), id);
        if (status == 503) {
            headers.add("retry-after", "1");
        }
        return new Response(
                status,
                headers,
                ErrorEnvelope.body(GatewayError.of(code(status), message), null, id),
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
}
