package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.telemetry.Meters;
import dev.llmgateway.runtime.transport.ContentCoding;
import dev.llmgateway.runtime.transport.RequestHead;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a head must say before its body is read: a media type we understand, a size within the
/// plan's limit, room in the process.
final class Preconditions {
    private static final Pattern UTF_8 =
            Pattern.compile("\\s*;\\s*charset\\s*=\\s*(utf-?8|\"utf-?8\"|us-ascii)\\s*;?\\s*");

    private Preconditions() {}

    static Optional<GatewayError> check(
            RequestHead head, Operation operation, Meters meters, GatewaySettings settings) {
        if (meters.inFlight() > settings.maxConcurrent()) {
            return Optional.of(
                    new GatewayError(
                            ErrorCode.OVERLOADED,
                            "The gateway serves as many requests as it may.",
                            "",
                            1));
        }
        if (LocalRoutes.answers(operation)) {
            return Optional.empty();
        }
        if (head.contentLength() > settings.maxBodyBytes()) {
            return Optional.of(
                    GatewayError.of(
                            ErrorCode.BODY_TOO_LARGE,
                            "The body is larger than " + settings.maxBodyBytes() + " bytes."));
        }
        if (ContentCoding.of(head) == ContentCoding.Unknown) {
            return unsupported("Send the body as it is, or coded once with gzip or zstd.");
        }
        String type = head.header("content-type");
        return type == null || isJson(type)
                ? Optional.empty()
                : unsupported("Send the body as application/json.");
    }

    private static boolean isJson(String type) {
        if (type.equals("application/json")) {
            return true;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        int parameters = lower.indexOf(';');
        String bare = (parameters < 0 ? lower : lower.substring(0, parameters)).strip();
        return (bare.equals("application/json") || bare.endsWith("+json"))
                && (parameters < 0 || saysUtf8(lower.substring(parameters)));
    }

    /// An upstream that believes another charset would read another document than we did.
    private static boolean saysUtf8(String parameters) {
        return !parameters.contains("charset") || UTF_8.matcher(parameters).matches();
    }

    private static Optional<GatewayError> unsupported(String message) {
        return Optional.of(GatewayError.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message));
    }
}
