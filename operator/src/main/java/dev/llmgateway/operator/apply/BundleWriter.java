package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.plan.BundleInput;
import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.LeftOut;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PartWrite;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.plan.UnusedParts;
import dev.llmgateway.crds.resource.GatewayConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes bundles: parts in any order, then the index. What it knows of a bundle it forgets before
/// every write and keeps only after success, so any failure means a fresh look.
public final class BundleWriter {
    private final KubernetesClient client;
    private final Map<String, LiveBundle> known = new ConcurrentHashMap<>();

    public BundleWriter(KubernetesClient client) {
        this.client = client;
    }

    /// @param index in force now
    /// @param flipped whether this write made it
    /// @param unused whether parts hold content that no index names
    public record Written(PlanIndex index, boolean flipped, boolean unused, List<LeftOut> leftOut) {
        public Written {
            leftOut = List.copyOf(leftOut);
        }
    }

    /// Brings the bundle to its input.
    ///
    /// @param floor the highest revision the gateway's status names
    /// @param acknowledged by every ready pod
    /// @throws ForeignObjectException when a name is taken
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with 409 when another process
    ///   wrote meanwhile: to be judged anew
    public Written write(
            GatewayConfig gateway,
            BundleInput input,
            Revision floor,
            Collection<Revision> acknowledged)
            throws ForeignObjectException, InterruptedException {
        String uid = gateway.getMetadata().getUid();
        BundleObjects objects = new BundleObjects(client, gateway);
        LiveBundle former = known.remove(uid);
        LiveBundle live = former == null ? objects.read() : former;

        BundleStep step = PlanBundle.next(live.index(), highest(floor, acknowledged), input);
        boolean flip = !step.index().equals(live.index());
        LiveBundle now = flip ? flip(objects, live, step) : live;
        now = empty(objects, now, acknowledged, input.nowMillis());

        known.put(uid, now);
        boolean unused = now.filled().size() > now.index().parts().size();
        return new Written(now.index(), flip, unused, step.leftOut());
    }

    /// The bundle in force. Empty: there is none, or none that is whole.
    public Optional<PlanBundle> published(GatewayConfig gateway) {
        return new BundleObjects(client, gateway).published();
    }

    private static Revision highest(Revision floor, Collection<Revision> acknowledged) {
        return acknowledged.stream().reduce(floor, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static LiveBundle flip(BundleObjects objects, LiveBundle live, BundleStep step)
            throws InterruptedException {
        Map<PartName, String> versions = new HashMap<>(live.partVersions());
        Set<PartName> filled = new HashSet<>(live.filled());
        versions.putAll(writeParts(objects, live, step.writes()));
        step.writes().forEach(part -> filled.add(part.name()));
        String index = objects.writeIndex(step.index(), live.indexVersion());
        return new LiveBundle(step.index(), index, versions, filled);
    }

    /// Side by side: the first bundle of a large gateway has 24 parts.
    private static Map<PartName, String> writeParts(
            BundleObjects objects, LiveBundle live, List<PartWrite> writes)
            throws InterruptedException {
        List<Callable<Map.Entry<PartName, String>>> tasks =
                writes.stream()
                        .<Callable<Map.Entry<PartName, String>>>map(part ->
                                () -> {
                                    String before =
                                            live.partVersions().getOrDefault(part.name(), "");
                                    return Map.entry(
                                            part.name(),
                                            objects.writePart(part.name(), part.content(), before));
                                })
                        .toList();
        Map<PartName, String> versions = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Map.Entry<PartName, String>> written : threads.invokeAll(tasks)) {
                versions.put(written.get().getKey(), written.get().getValue());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed
                    ? failed
                    : new IllegalStateException(e.getCause());
        }
        return versions;
    }

    private static LiveBundle empty(
            BundleObjects objects,
            LiveBundle live,
            Collection<Revision> acknowledged,
            long nowMillis) {
        Map<PartName, String> versions = new HashMap<>(live.partVersions());
        Set<PartName> filled = new HashSet<>(live.filled());
        for (PartName part :
                UnusedParts.toEmpty(live.index(), live.filled(), acknowledged, nowMillis)) {
            String before = versions.getOrDefault(part, "");
            versions.put(part, objects.writePart(part, Map.of(), before));
            filled.remove(part);
        }
        return new LiveBundle(live.index(), live.indexVersion(), versions, filled);
    }
}
