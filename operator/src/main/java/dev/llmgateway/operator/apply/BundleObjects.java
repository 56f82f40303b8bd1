package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanFormatException;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.owned.Labels;
import dev.llmgateway.operator.owned.Owner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Single objects of one gateway's bundle.
final class BundleObjects {
    private static final Map<String, PartName> PARTS =
            PartName.all().stream().collect(Collectors.toMap(PartName::toString, name -> name));

    private final KubernetesClient client;
    private final Preconditioned writes;
    private final GatewayConfig gateway;
    private final String namespace;
    private final String name;

    BundleObjects(KubernetesClient client, GatewayConfig gateway) {
        this.client = client;
        this.gateway = gateway;
        writes = new Preconditioned(client);
        namespace = gateway.getMetadata().getNamespace();
        name = gateway.getMetadata().getName();
    }

    /// @throws ForeignObjectException when the index's name is taken
    LiveBundle read() throws ForeignObjectException {
        ConfigMap index =
                client.configMaps()
                        .inNamespace(namespace)
                        .withName(PartName.indexObject(name))
                        .get();
        if (index != null && !Labels.owned(index, gateway)) {
            throw new ForeignObjectException("ConfigMap", index.getMetadata().getName());
        }
        Map<PartName, String> versions = new HashMap<>();
        Set<PartName> filled = new HashSet<>();
        for (Secret secret :
                client.secrets()
                        .inNamespace(namespace)
                        .withLabels(Labels.ofGateway(name))
                        .withLabel(Labels.PART)
                        .list()
                        .getItems()) {
            part(secret)
                    .ifPresent(part -> {
                        versions.put(part, secret.getMetadata().getResourceVersion());
                        if (secret.getData() != null && !secret.getData().isEmpty()) {
                            filled.add(part);
                        }
                    });
        }
        return new LiveBundle(
                index == null ? PlanIndex.NONE : decode(index),
                index == null ? "" : index.getMetadata().getResourceVersion(),
                versions,
                filled);
    }

    /// What pods read there now. Empty: nothing, or nothing whole.
    Optional<PlanBundle> published() {
        ConfigMap map =
                client.configMaps()
                        .inNamespace(namespace)
                        .withName(PartName.indexObject(name))
                        .get();
        if (map == null || !Labels.owned(map, gateway)) {
            return Optional.empty();
        }
        PlanIndex index = decode(map);
        List<PlanPart> parts = new ArrayList<>();
        try {
            for (IndexedPart part : index.parts()) {
                Secret secret =
                        client.secrets()
                                .inNamespace(namespace)
                                .withName(part.name().object(name))
                                .get();
                if (secret == null || secret.getData() == null || secret.getData().size() != 1) {
                    return Optional.empty();
                }
                Map.Entry<String, String> content = secret.getData().entrySet().iterator().next();
                parts.add(
                        PartContent.read(
                                part,
                                content.getKey(),
                                Base64.getDecoder().decode(content.getValue())));
            }
            return index.parts().isEmpty()
                    ? Optional.empty()
                    : Optional.of(PlanBundle.assemble(index, parts));
        } catch (PlanFormatException _) {
            return Optional.empty();
        }
    }

    private Optional<PartName> part(Secret secret) {
        return Optional.ofNullable(PARTS.get(secret.getMetadata().getLabels().get(Labels.PART)))
                .filter(_ -> Labels.owned(secret, gateway));
    }

    /// An index nobody can read is written anew.
    private static PlanIndex decode(ConfigMap index) {
        try {
            return PlanIndex.decode(index.getData().getOrDefault(PlanIndex.DATA_KEY, ""));
        } catch (PlanFormatException e) {
            System.getLogger(BundleObjects.class.getName())
                    .log(System.Logger.Level.WARNING, "index is unreadable and written anew", e);
            return PlanIndex.NONE;
        }
    }

    /// @param version that is replaced; empty: there is none
    /// @return the new version
    String writePart(PartName part, Map<String, String> data, String version) {
        return writes.write(
                new SecretBuilder()
                        .withMetadata(metadata(part.object(name), part.toString()))
                        .withType("Opaque")
                        .withData(data)
                        .build(),
                version);
    }

    String writePart(PartName part, PartContent.Stored content, String version) {
        return writePart(part, Map.of(content.key(), content.base64()), version);
    }

    String writeIndex(PlanIndex index, String version) {
        return writes.write(
                new ConfigMapBuilder()
                        .withMetadata(metadata(PartName.indexObject(name), ""))
                        .withData(Map.of(PlanIndex.DATA_KEY, index.encode()))
                        .build(),
                version);
    }

    private ObjectMeta metadata(String object, String part) {
        Map<String, String> labels = new HashMap<>(Labels.ofGateway(name));
        if (!part.isEmpty()) {
            labels.put(Labels.PART, part);
        }
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(object)
                .withLabels(labels)
                .withOwnerReferences(Owner.of(gateway))
                .build();
    }
}
