package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.HealthPlan;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.transport.TransportFailure;
import java.util.List;
import java.util.regex.Pattern;

/// Reads replies and broken calls as failure classes (design/architecture.md, Failure classes).
/// Pure.
public final class FailureClassifier {
    /// Error codes and types that tell of used-up money or quota, as the vendors spell them
    /// (translation.md 5). Looked for with their quotes, so that a text merely quoting them, whose
    /// quotes are escaped, does not match.
    private static final List<String> SPENT =
            List.of(
                    "\"insufficient_quota\"",
                    "\"billing_error\"",
                    "\"billing_hard_limit_reached\"",
                    "\"enforced_spend_limit_reached\"",
                    "\"usage_limit_reached\"",
                    "\"usage_not_included\"");

    /// Anthropic tells an empty balance with 400 `invalid_request_error`, yet it is the account's
    /// fault, and quota faults of a pooled account never reach the client (http.md, Errors).
    private static final Pattern NO_BALANCE =
            Pattern.compile("\"message\"\\s?:\\s?\"Your credit balance is too low");

    private FailureClassifier() {}

    /// By status alone.
    public static ReplyClass reply(int status, HealthPlan health) {
        return reply(status, health, "");
    }

    /// @param bodyStart first bytes of a failure's body as text; empty: not known
    public static ReplyClass reply(int status, HealthPlan health, String bodyStart) {
        if (status >= 200 && status < 300) {
            return new ReplyClass.Success();
        }
        if (status == 400 && NO_BALANCE.matcher(bodyStart).find()) {
            return new ReplyClass.Failed(FailureClass.Capacity, true);
        }
        FailureClass failure = byStatus(status, health);
        boolean mayBeSpent = failure == FailureClass.Capacity || failure == FailureClass.Credential;
        return new ReplyClass.Failed(
                failure, mayBeSpent && SPENT.stream().anyMatch(bodyStart::contains));
    }

    private static FailureClass byStatus(int status, HealthPlan health) {
        if (health.capacityStatuses().contains(status)) {
            return FailureClass.Capacity;
        }
        if (health.credentialStatuses().contains(status)) {
            return FailureClass.Credential;
        }
        boolean ofTheRequest = status >= 400 && status < 500 && status != 408;
        return ofTheRequest ? FailureClass.Request : FailureClass.Upstream;
    }

    /// A stall before the first byte is the way's fault; silence, a cut or garbage inside a reply
    /// the provider's. A full pool counts as the way too: one loop's queue must not cool the
    /// account down for all others.
    public static FailureClass failure(TransportFailure failure) {
        return switch (failure.kind()) {
            case Dns, Forbidden, Connect, Tls, PoolExhausted, Closed -> FailureClass.Transport;
            case Truncated, Malformed -> FailureClass.Upstream;
            case Timeout -> failure.replied() ? FailureClass.Upstream : FailureClass.Transport;
        };
    }
}
