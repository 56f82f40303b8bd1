package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/// How everything of a gateway is named, found again, and removed with it.
public final class Ownership {
    /// The gateway an object belongs to.
    public static final String GATEWAY = "llm-gateway.dev/gateway";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /// Value of [#MANAGED_BY]; also the field manager.
    public static final String OPERATOR = "llm-gateway-operator";

    private static final String NAME = "app.kubernetes.io/name";

    private Ownership() {}

    /// Of an owned object, whatever it is. Deletion is not blocked: that would ask for the right to
    /// set finalizers where OwnerReferencesPermissionEnforcement is on.
    public static ObjectMeta metadata(GatewayFacts facts, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(facts.gateway().namespace())
                .withLabels(labels(facts))
                .withOwnerReferences(
                        new OwnerReferenceBuilder()
                                .withApiVersion("llm-gateway.dev/v1alpha1")
                                .withKind("GatewayConfig")
                                .withName(facts.name())
                                .withUid(facts.uid())
                                .withController(true)
                                .build())
                .build();
    }

    /// Of every owned object, the pods included.
    public static Map<String, String> labels(GatewayFacts facts) {
        Map<String, String> labels = new TreeMap<>(selector(facts));
        labels.put("app.kubernetes.io/instance", facts.name());
        labels.put("app.kubernetes.io/component", "gateway");
        labels.put(MANAGED_BY, OPERATOR);
        return labels;
    }

    /// What the pods of one gateway are found by; a Deployment's can never change.
    public static Map<String, String> selector(GatewayFacts facts) {
        return new TreeMap<>(Map.of(NAME, "llm-gateway", GATEWAY, facts.name()));
    }

    /// Of the operator's own pods, as the chart labels them.
    static Map<String, String> operatorPods() {
        return Map.of(NAME, OPERATOR);
    }
}
