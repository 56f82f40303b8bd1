package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.api.Request;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.upstream.Credential;

/// Errors that routing and delivery end in.
final class Faults {
    /// Nobody plans further ahead, and a client may take it literally.
    private static final int LONGEST_RETRY_SECONDS = 86_400;

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

    /// Nobody can take the request now.
    ///
    /// @param earliestMillis until an account is expected back
    static GatewayError nobody(long earliestMillis) {
        int seconds = Math.clamp((earliestMillis + 999) / 1_000, 1, LONGEST_RETRY_SECONDS);
        return new GatewayError(
                ErrorCode.OVERLOADED,
                "No upstream account can serve this request now.",
                "",
                seconds);
    }

    /// The pool has no capacity; when somebody is expected back is added where it is told.
    static GatewayError overloaded() {
        return nobody(0);
    }

    /// Whether a reply of a pooled account is none of the client's business.
    static boolean isOurs(Evidence evidence) {
        return switch (evidence.failure()) {
            case Capacity, Credential -> true;
            case Upstream -> evidence.status() < 400;
            case Request, Transport -> false;
        };
    }

    /// What the last account showed, told when no other can be asked (design/architecture.md, When
    /// everything is spent).
    static GatewayError spent(Evidence last) {
        return switch (last.failure()) {
            case Capacity, Credential -> overloaded();
            case Request, Upstream, Transport ->
                    GatewayError.of(
                            last.status() == 504 || last.status() == 408
                                    ? ErrorCode.UPSTREAM_TIMEOUT
                                    : ErrorCode.UPSTREAM_BROKEN,
                            "The upstream failed with status " + last.status() + ".");
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
                    overloaded();
            default -> told;
        };
    }

    static GatewayError encodedReply() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_BROKEN,
                "The upstream compressed its reply although it was asked not to.");
    }

    static GatewayError failedEarly() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_BROKEN, "The upstream failed before its reply began.");
    }

    static GatewayError brokenStream() {
        return GatewayError.of(
                ErrorCode.UPSTREAM_BROKEN, "upstream stream ended before completion");
    }
}
