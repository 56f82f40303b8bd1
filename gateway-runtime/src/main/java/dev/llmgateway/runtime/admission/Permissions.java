package dev.llmgateway.runtime.admission;

import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.util.Optional;

/// What a key may ask for. Each check answers with the error that names what is lacking, or
/// nothing.
public final class Permissions {
    private Permissions() {}

    /// Decided on the head.
    public static Optional<GatewayError> access(Caller caller, KeyPlan.Access needed) {
        var held = caller.key().access();
        return held.contains(needed) || held.contains(KeyPlan.Access.Admin)
                ? Optional.empty()
                : lacking("access '" + needed + "'");
    }

    /// Decided once the body told format and model.
    public static Optional<GatewayError> format(Caller caller, WireFormat format) {
        return caller.key().formats().contains(format)
                ? Optional.empty()
                : lacking("the format '" + format + "'");
    }

    public static Optional<GatewayError> model(Caller caller, String model) {
        return ModelFilter.allows(caller.key().modelFilters(), model)
                ? Optional.empty()
                : lacking("the model '" + model + "'");
    }

    private static Optional<GatewayError> lacking(String what) {
        return Optional.of(
                GatewayError.of(
                        ErrorCode.PERMISSION_DENIED,
                        "This API key is not permitted to use " + what + "."));
    }
}
