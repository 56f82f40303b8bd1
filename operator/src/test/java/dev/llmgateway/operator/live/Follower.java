package dev.llmgateway.operator.live;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanFormatException;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows a bundle as a pod does: watches the index, gets what changed, checks it, swaps.
final class Follower implements Watcher<ConfigMap>, AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final String gateway;
    private final Map<IndexedPart, PlanPart> parts = new HashMap<>();
    private final Watch watch;
    private volatile @Nullable PlanBundle bundle;

    Follower(KubernetesClient client, String namespace, String gateway) {
        this.client = client;
        this.namespace = namespace;
        this.gateway = gateway;
        watch =
                client.configMaps()
                        .inNamespace(namespace)
                        .withName(PartName.indexObject(gateway))
                        .watch(this);
    }

    Optional<PlanBundle> bundle() {
        return Optional.ofNullable(bundle);
    }

    @Override
    public void eventReceived(Action action, ConfigMap map) {
        if (action != Action.ADDED && action != Action.MODIFIED) {
            return;
        }
        try {
            PlanIndex index = PlanIndex.decode(map.getData().getOrDefault(PlanIndex.DATA_KEY, ""));
            for (IndexedPart part : index.parts()) {
                if (!parts.containsKey(part)) {
                    parts.put(part, read(part));
                }
            }
            parts.keySet().retainAll(index.parts());
            bundle = PlanBundle.assemble(index, parts.values());
        } catch (PlanFormatException overtaken) {
            // The next index is already written; its event follows.
            System.getLogger("follower").log(System.Logger.Level.INFO, overtaken.getMessage());
        }
    }

    private PlanPart read(IndexedPart part) throws PlanFormatException {
        Secret secret =
                client.secrets().inNamespace(namespace).withName(part.name().object(gateway)).get();
        Map.Entry<String, String> content =
                Objects.requireNonNull(secret).getData().entrySet().iterator().next();
        return PartContent.read(
                part, content.getKey(), Base64.getDecoder().decode(content.getValue()));
    }

    @Override
    public void onClose(WatcherException cause) {}

    @Override
    public void close() {
        watch.close();
    }
}
