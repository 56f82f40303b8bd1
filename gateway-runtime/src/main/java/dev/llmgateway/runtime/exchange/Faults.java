package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.TransportFailure;
import java.util.Optional;

/// Errors that routing and delivery end in.
final class Faults {
    /// Seconds a client is asked to wait where nothing better is known.
    private static final int DEFAULT_RETRY_SECONDS = 5;

    private Faults() {}

    static GatewayError badBody(String reason, int offset) {
        return GatewayError.of(
                ErrorCode.BAD_REQUEST,
                "The body is not valid JSON at byte " + offset + ": " + reason);
    }

    /// "Missing" and "not permitted" read the same to the caller.
    static GatewayError modelNotFound(String model) {
        return new GatewayError(
                ErrorCode.MODEL_NOT_FOUND,
                "The model '" + model + "' does not exist or this API key has no access to it.",
                "model",
                0);
    }

    static GatewayError needsTranslation(WireFormat format, String model) {
        return GatewayError.of(
                ErrorCode.TRANSLATION_MISSING,
                "The accounts that serve '"
                        + model
                        + "' do not speak "
                        + format
                        + ", and this version cannot translate it into a format that they speak.");
    }

    /// All candidates are spent (design/architecture.md, When everything is spent).
    static GatewayError spent(FailureClass last, int status, int retryAfterSeconds) {
        return switch (last) {
            case Capacity, Credential ->
                    new GatewayError(
                            ErrorCode.OVERLOADED,
                            "No upstream account can serve this request now.",
                            "",
                            retryAfterSeconds > 0 ? retryAfterSeconds : DEFAULT_RETRY_SECONDS);
            case Request, Upstream, Transport ->
                    GatewayError.of(
                            status == 504 || status == 408
                                    ? ErrorCode.UPSTREAM_TIMEOUT
                                    : ErrorCode.UPSTREAM_BROKEN,
                            "The upstream failed with status " + status + ".");
        };
    }

    static GatewayError transport(TransportFailure failure) {
        return switch (failure.kind()) {
            case Timeout ->
                    GatewayError.of(
                            ErrorCode.UPSTREAM_TIMEOUT, "The upstream did not answer in time.");
            case PoolExhausted ->
                    new GatewayError(
                            ErrorCode.OVERLOADED, "Too many calls wait for this upstream.", "", 1);
            case Forbidden ->
                    GatewayError.of(
                            ErrorCode.UPSTREAM_BROKEN,
                            "The upstream's address is not permitted by the gateway's egress rules.");
            case Dns, Connect, Tls, Closed ->
                    GatewayError.of(
                            ErrorCode.UPSTREAM_BROKEN, "The upstream could not be reached.");
            case Truncated, Malformed ->
                    GatewayError.of(
                            ErrorCode.UPSTREAM_BROKEN,
                            "The upstream's reply broke off or made no sense.");
        };
    }

    /// An upstream's error inside a translated reply. What is wrong with a pooled account is ours,
    /// and never looks like the client's key being bad.
    static GatewayError foreign(GatewayError told, Candidate candidate) {
        if (candidate.account().credential() instanceof CredentialPlan.Passthrough) {
            return told;
        }
        return switch (told.code()) {
            case UNAUTHENTICATED, PERMISSION_DENIED, QUOTA_SPENT, RATE_LIMITED, OVERLOADED ->
                    spent(FailureClass.Capacity, 200, told.retryAfterSeconds());
            default -> told;
        };
    }

    static GatewayError encodedReply() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_BROKEN,
                "The upstream compressed its reply although it was asked not to.");
    }

    /// An error event in place of a stream; empty: it is the request's, and the upstream's wording
    /// is the client's business.
    static Optional<GatewayError> inStream(ReplyTap tap) {
        return Optional.ofNullable(tap.failure()).or(() -> inStream(tap.errorKind()));
    }

    /// @param kind type or code as the vendors spell them (translation.md 5); empty: untold
    private static Optional<GatewayError> inStream(String kind) {
        return switch (kind) {
            case "overloaded_error",
                    "rate_limit_error",
                    "billing_error",
                    "authentication_error",
                    "permission_error",
                    "server_is_overloaded",
                    "slow_down",
                    "rate_limit_exceeded",
                    "insufficient_quota",
                    "invalid_api_key" ->
                    Optional.of(spent(FailureClass.Capacity, 200, 0));
            case "api_error", "server_error", "internal_error", "timeout_error", "" ->
                    Optional.of(
                            GatewayError.of(
                                    ErrorCode.UPSTREAM_BROKEN,
                                    "The upstream failed before its reply began."));
            case String _ -> Optional.empty();
        };
    }

    static GatewayError brokenStream() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_BROKEN, "upstream stream ended before completion");
    }
}
