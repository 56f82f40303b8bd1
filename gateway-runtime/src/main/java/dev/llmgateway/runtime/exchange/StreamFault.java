package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.balance.Said;
import dev.llmgateway.runtime.dialect.ReplyTap;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.upstream.FailureClassifier;
import java.util.Optional;
import java.util.OptionalLong;

/// An error inside a reply that calls itself a success: whose fault it is, and what the client is
/// told while it knows of no reply yet. Pure.
final class StreamFault {
    private StreamFault() {}

    /// What the reply so far, which has an error in it or broke off, shows of the account. Its
    /// status is the one that the error would have had by itself.
    static Evidence evidence(ReplyTap tap, long nowMillis) {
        GatewayError failure = tap.failure();
        if (failure != null) {
            Evidence seen = evidence(failure.code(), nowMillis);
            int seconds = failure.retryAfterSeconds();
            return seconds == 0 ? seen : asked(seen, OptionalLong.of(seconds * 1_000L));
        }
        return tap.sawError()
                ? code(tap.errorKind())
                        .map(code -> asked(evidence(code, nowMillis), tap.errorWait()))
                        .orElseGet(() -> Evidence.of(FailureClass.Request, 400, nowMillis))
                : broken(nowMillis);
    }

    /// What the error's words ask to wait.
    private static Evidence asked(Evidence seen, OptionalLong waitMillis) {
        if (waitMillis.isEmpty() || seen.failure() != FailureClass.Capacity) {
            return seen;
        }
        return seen.saying(new Said.RetryAfter(Forwarding.believed(waitMillis.getAsLong())));
    }

    /// Cut, or no sense, behind a good head.
    static Evidence broken(long nowMillis) {
        return Evidence.of(FailureClass.Upstream, 200, nowMillis);
    }

    static Evidence of(TransportFailure failure, long nowMillis) {
        return Evidence.of(FailureClassifier.failure(failure), 0, nowMillis)
                .detailed(failure.kind() + ", " + failure.detail());
    }

    private static Evidence evidence(ErrorCode code, long nowMillis) {
        return switch (code) {
            case OVERLOADED -> Evidence.of(FailureClass.Capacity, 529, nowMillis);
            case RATE_LIMITED -> Evidence.of(FailureClass.Capacity, 429, nowMillis);
            case QUOTA_SPENT ->
                    Evidence.of(FailureClass.Capacity, 429, nowMillis).ofASpentAccount();
            case UNAUTHENTICATED -> Evidence.of(FailureClass.Credential, 401, nowMillis);
            case PERMISSION_DENIED -> Evidence.of(FailureClass.Credential, 403, nowMillis);
            case INTERNAL, UPSTREAM_INTERNAL, UPSTREAM_BROKEN, UPSTREAM_TIMEOUT ->
                    Evidence.of(FailureClass.Upstream, 500, nowMillis);
            case BAD_REQUEST,
                    CONTEXT_LENGTH,
                    UNKNOWN_ROUTE,
                    NOT_FOUND,
                    MODEL_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CLIENT_TIMEOUT,
                    CONFLICT,
                    LENGTH_REQUIRED,
                    BODY_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    TRANSLATION_MISSING ->
                    Evidence.of(FailureClass.Request, 400, nowMillis);
        };
    }

    /// An error in place of a stream; empty: it is the request's, and the upstream's wording is the
    /// client's business.
    static Optional<GatewayError> error(ReplyTap tap) {
        GatewayError failure = tap.failure();
        return failure != null
                ? Optional.of(failure)
                : code(tap.errorKind())
                        .map(code ->
                                code == ErrorCode.INTERNAL
                                        ? Faults.failedEarly()
                                        : Faults.overloaded());
    }

    /// @param kind type or code as the vendors spell them (translation.md 5); empty: untold
    private static Optional<ErrorCode> code(String kind) {
        return switch (kind) {
            case "overloaded_error", "server_is_overloaded", "slow_down" ->
                    Optional.of(ErrorCode.OVERLOADED);
            case "rate_limit_error", "rate_limit_exceeded" -> Optional.of(ErrorCode.RATE_LIMITED);
            case "billing_error", "insufficient_quota" -> Optional.of(ErrorCode.QUOTA_SPENT);
            case "authentication_error", "invalid_api_key" ->
                    Optional.of(ErrorCode.UNAUTHENTICATED);
            case "permission_error" -> Optional.of(ErrorCode.PERMISSION_DENIED);
            case "api_error", "server_error", "internal_error", "timeout_error", "" ->
                    Optional.of(ErrorCode.INTERNAL);
            case String _ -> Optional.empty();
        };
    }
}
