package dev.llmgateway.operator.live;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanFormatException;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bundle as a pod reads it.
final class Bundle {
    private Bundle() {}

    /// Empty: none yet, or the parts of this index are already being replaced.
    static Optional<PlanBundle> read(KubernetesClient client, String namespace, String gateway) {
        ConfigMap map =
                client.configMaps()
                        .inNamespace(namespace)
                        .withName(PartName.indexObject(gateway))
                        .get();
        if (map == null) {
            return Optional.empty();
        }
        try {
            PlanIndex index = PlanIndex.decode(map.getData().getOrDefault(PlanIndex.DATA_KEY, ""));
            List<PlanPart> parts = new ArrayList<>();
            for (IndexedPart part : index.parts()) {
                Secret secret =
                        client.secrets()
                                .inNamespace(namespace)
                                .withName(part.name().object(gateway))
                                .get();
                Map.Entry<String, String> content = secret.getData().entrySet().iterator().next();
                parts.add(
                        PartContent.read(
                                part,
                                content.getKey(),
                                Base64.getDecoder().decode(content.getValue())));
            }
            return Optional.of(PlanBundle.assemble(index, parts));
        } catch (PlanFormatException _) {
            return Optional.empty();
        }
    }

    static List<String> keys(PlanBundle bundle) {
        return bundle.plan().keys().stream().map(KeyPlan::ref).map(ref -> ref.name()).toList();
    }

    static List<String> accounts(PlanBundle bundle) {
        return bundle.plan().accounts().stream()
                .map(AccountPlan::ref)
                .map(ref -> ref.name())
                .toList();
    }
}
