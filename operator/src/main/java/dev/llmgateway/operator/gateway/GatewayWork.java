package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;

/// What is done for a gateway, part by part.
///
/// @param publication its bundle
/// @param sites its pods and what they need
/// @param replicas what its pods tell
/// @param vitals which of that goes into statuses
/// @param checkpoints what of it outlives the operator
/// @param propagation how long all that takes
/// @param ledger since when its objects are published
public record GatewayWork(
        Publication publication,
        Sites sites,
        Replicas replicas,
        Vitals vitals,
        Checkpoints checkpoints,
        Propagation propagation,
        Ledger ledger) {
    /// The gateway is gone.
    void forget(ObjectRef gateway) {
        ledger.withdrawn(gateway);
        sites.forget(gateway);
        replicas.forget(gateway);
        propagation.forget(gateway);
    }
}
