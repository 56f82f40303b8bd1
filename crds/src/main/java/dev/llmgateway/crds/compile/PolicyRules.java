package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.ModelFilter;
import dev.llmgateway.crds.api.Policy;
import dev.llmgateway.crds.plan.ModelFilterPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The gateway's policies: the first one that matches a key's namespace holds.
final class PolicyRules {
    private PolicyRules() {}

    /// Empty: the gateway has no policies, or none matches, which the findings then say.
    static Optional<Policy> choose(
            Subject<GatewayKeySpec> key, GatewayDraft gateway, Namespaces known) {
        List<Policy> policies = gateway.spec().policies();
        Optional<Policy> match =
                policies.stream()
                        .filter(policy ->
                                known.resolve(policy.namespaces(), gateway.ref().namespace())
                                        .contains(key.namespace()))
                        .findFirst();
        if (match.isEmpty() && !policies.isEmpty()) {
            refuse(
                    key,
                    "spec.gatewayRef",
                    "no policy of the gateway covers namespace "
                            + key.namespace()
                            + "; add to GatewayConfig "
                            + gateway.ref()
                            + " `spec: {policies: [{name: "
                            + key.namespace()
                            + ", "
                            + Consent.admitting(key.namespace())
                            + "}]}`");
        }
        return match;
    }

    /// All must pass: the key's own, then the policy's.
    static List<ModelFilterPlan> filters(GatewayKeySpec key, Optional<Policy> policy) {
        return Stream.concat(
                        Optional.ofNullable(key.permissions().models()).stream(),
                        policy.map(Policy::models).stream())
                .map(PolicyRules::filter)
                .toList();
    }

    /// Empty: all pools. A key and a policy that share none leave nothing, which is refused.
    static List<String> pools(Subject<GatewayKeySpec> key, Optional<Policy> policy) {
        List<String> own = key.spec().permissions().pools();
        List<String> permitted = policy.map(Policy::pools).orElse(List.of());
        if (own.isEmpty() || permitted.isEmpty()) {
            return Stream.concat(own.stream(), permitted.stream()).distinct().sorted().toList();
        }
        List<String> common = own.stream().filter(permitted::contains).distinct().sorted().toList();
        if (common.isEmpty()) {
            refuse(
                    key,
                    "spec.permissions.pools",
                    "the gateway's policy for this namespace permits `pools: ["
                            + String.join(", ", permitted)
                            + "]`; name one of them");
        }
        return common;
    }

    private static ModelFilterPlan filter(ModelFilter filter) {
        return new ModelFilterPlan(filter.allow(), filter.deny());
    }

    private static void refuse(Subject<?> key, String path, String message) {
        key.findings().error(Reason.NotPermitted, path, message);
    }
}
