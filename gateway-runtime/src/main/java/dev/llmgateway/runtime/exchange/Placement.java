package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.routing.Decision;

/// Where a request goes.
sealed interface Placement {
    /// To accounts that may serve it.
    record Placed(Order order, Decision decision) implements Placement {}

    /// No account serves it in any way.
    ///
    /// @param error what the client is told
    record Nobody(GatewayError error) implements Placement {}

    /// It is not to be served.
    record Refused(GatewayError error) implements Placement {}
}
