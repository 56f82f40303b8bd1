package dev.llmgateway.crds.plan;

import java.util.Map;
import java.util.Set;

/// What the next revision of a bundle is to hold.
///
/// @param credentials exactly the secret values the pods may have; at least those the plan names
/// @param createdMillis when an account or key was created, by UID, epoch milliseconds; decides who
///   stays out when not everything fits. Absent: before all others
/// @param allowEmpty what the plan has none of on purpose
/// @param readyPods 0: not known
public record BundleInput(
        GatewayPlan plan,
        Map<CredentialRef, String> credentials,
        Map<String, Long> createdMillis,
        Set<Emptiable> allowEmpty,
        int readyPods,
        long nowMillis) {
    public BundleInput {
        credentials = Map.copyOf(credentials);
        createdMillis = Map.copyOf(createdMillis);
        allowEmpty = Set.copyOf(allowEmpty);
    }

    @Override
    public String toString() {
        return "BundleInput[" + plan.gateway() + "]";
    }
}
