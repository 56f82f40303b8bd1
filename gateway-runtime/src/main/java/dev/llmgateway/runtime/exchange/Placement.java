package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.model.GatewayError;

/// Where a request goes: an [Order] for accounts that may serve it, or why there is none.
sealed interface Placement permits Order, Placement.Nobody, Placement.Refused {
    /// No account serves it in any way.
    ///
    /// @param error what the client is told
    record Nobody(GatewayError error) implements Placement {}

    /// It is not to be served.
    record Refused(GatewayError error) implements Placement {}
}
