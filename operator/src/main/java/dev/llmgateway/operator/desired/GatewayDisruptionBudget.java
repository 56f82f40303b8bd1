package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/// One pod at a time may be evicted, however many there are; a single one too, so that it never
/// blocks the drain of a node. Pods that are not ready protect nobody.
public final class GatewayDisruptionBudget {
    private GatewayDisruptionBudget() {}

    public static PodDisruptionBudget of(GatewayFacts facts) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Ownership.metadata(facts, facts.name()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Ownership.selector(facts))
                .endSelector()
                .endSpec()
                .build();
    }
}
