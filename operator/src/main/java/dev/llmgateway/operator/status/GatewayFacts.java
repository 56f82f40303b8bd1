package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.PlanIndex;
import java.util.List;

/// What is known of a gateway.
///
/// @param compiled whether it has a plan
/// @param conflict why nothing could be written; empty: it could
/// @param index in force
/// @param leftOut of the plan, for want of room
/// @param replicas its pods
public record GatewayFacts(
        long generation,
        List<Diagnostic> remarks,
        boolean compiled,
        String conflict,
        PlanIndex index,
        List<LeftOut> leftOut,
        Tally accounts,
        Tally keys,
        List<Replica> replicas) {
    public GatewayFacts {
        remarks = List.copyOf(remarks);
        leftOut = List.copyOf(leftOut);
        replicas = List.copyOf(replicas);
    }

    /// @param total that ask for the gateway
    /// @param usable of these
    /// @param expired of these
    public record Tally(int total, int usable, int expired) {
        /// Such as `11/12`.
        String text() {
            return usable + "/" + total;
        }
    }
}
