package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.Emptiable;
import dev.llmgateway.crds.plan.GatewayPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `compile` says of one gateway and everything that belongs to it.
///
/// @param plan null: the gateway is invalid
/// @param credentials exactly the values the plan names
/// @param createdMillis of its accounts and keys by UID
/// @param allowEmpty what the plan has none of on purpose
/// @param standing of an invalid gateway: what its last plan may still hold
/// @param accounts that ask for this gateway, valid or not
/// @param keys that ask for this gateway, valid or not
public record GatewayVerdict(
        String uid,
        long generation,
        List<Diagnostic> remarks,
        @Nullable GatewayPlan plan,
        Map<CredentialRef, String> credentials,
        Map<String, Long> createdMillis,
        Set<Emptiable> allowEmpty,
        Standing standing,
        int accounts,
        int keys) {
    public GatewayVerdict {
        remarks = List.copyOf(remarks);
        credentials = Map.copyOf(credentials);
        createdMillis = Map.copyOf(createdMillis);
        allowEmpty = Set.copyOf(allowEmpty);
    }

    /// Names no value.
    @Override
    public String toString() {
        return "GatewayVerdict[" + uid + ", generation " + generation + "]";
    }
}
