package dev.llmgateway.operator.desired;

import dev.llmgateway.operator.owned.Labels;
import dev.llmgateway.operator.owned.Owner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.TreeMap;

/// How everything of a gateway is named, found again, and removed with it.
public final class Ownership {
    private Ownership() {}

    /// Of an owned object, whatever it is.
    public static ObjectMeta metadata(GatewayFacts facts, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(facts.gateway().namespace())
                .withLabels(labels(facts))
                .withOwnerReferences(Owner.gateway(facts.name(), facts.uid()))
                .build();
    }

    /// Of every owned object, the pods included.
    public static Map<String, String> labels(GatewayFacts facts) {
        Map<String, String> labels = new TreeMap<>(selector(facts));
        labels.put("app.kubernetes.io/instance", facts.name());
        labels.put("app.kubernetes.io/component", "gateway");
        labels.put(Labels.MANAGED_BY, Labels.FIELD_MANAGER);
        return labels;
    }

    /// What the pods of one gateway are found by; a Deployment's can never change.
    public static Map<String, String> selector(GatewayFacts facts) {
        return new TreeMap<>(
                Map.of(Labels.NAME, Labels.GATEWAY_PROGRAM, Labels.GATEWAY, facts.name()));
    }

    /// Of the operator's own pods, as the chart labels them.
    static Map<String, String> operatorPods() {
        return Map.of(Labels.NAME, Labels.FIELD_MANAGER);
    }
}
