package dev.llmgateway.runtime.admission;

import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.GatewayError;

/// What admission says of a request.
public sealed interface Verdict {
    /// @param ownCredential the caller brought a provider credential of its own beside the gateway
    ///   key
    record Admitted(Caller caller, boolean ownCredential) implements Verdict {}

    record Denied(GatewayError error) implements Verdict {}
}
