package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/// Who the pods are. Nothing is mounted by itself; the pods project a token of an hour.
public final class GatewayServiceAccount {
    private GatewayServiceAccount() {}

    public static ServiceAccount of(GatewayFacts facts) {
        return new ServiceAccountBuilder()
                .withMetadata(Ownership.metadata(facts, facts.account()))
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
