package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.PlanIndex;
import java.util.List;

/// What is known of a gateway.
///
/// @param compiled whether it has a plan
/// @param conflicts names the operator would write that are taken by others' objects
/// @param problems `path: what is wrong` with what the spec leaves to Kubernetes
/// @param refused objects the API server did not take, and why
/// @param address `host:port` of the Service; empty: none yet
/// @param index in force
/// @param leftOut of the plan, for want of room
/// @param replicas its pods
public record GatewayFacts(
        long generation,
        List<Diagnostic> remarks,
        boolean compiled,
        List<String> conflicts,
        List<String> problems,
        List<String> refused,
        String address,
        PlanIndex index,
        List<LeftOut> leftOut,
        Accounts accounts,
        Keys keys,
        List<Replica> replicas) {
    public GatewayFacts {
        remarks = List.copyOf(remarks);
        conflicts = List.copyOf(conflicts);
        problems = List.copyOf(problems);
        refused = List.copyOf(refused);
        leftOut = List.copyOf(leftOut);
        replicas = List.copyOf(replicas);
    }

    /// @param total that ask for the gateway
    /// @param ready of these; those that cool down as well
    public record Accounts(int total, int ready, int coolingDown, int credentialInvalid) {
        /// Such as `11/12`.
        String text() {
            return ready + "/" + total;
        }
    }

    /// @param total that ask for the gateway
    public record Keys(int total, int active, int expired) {
        String text() {
            return active + "/" + total;
        }
    }
}
