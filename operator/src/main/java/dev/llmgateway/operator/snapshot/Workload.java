package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pods of gateways, and those objects of theirs whose loss clients notice. Nothing is judged
/// by them.
public final class Workload implements AutoCloseable {
    private final KubernetesClient client;
    private final Scope scope;
    private final List<Consumer<ObjectRef>> podListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ObjectRef>> changeListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Kept kept;

    private record Kept(
            Feed<Pod> pods,
            Feed<Deployment> deployments,
            Feed<Service> services,
            Feed<Secret> secrets) {
        Stream<Feed<?>> all() {
            return Stream.of(pods, deployments, services, secrets);
        }
    }

    Workload(KubernetesClient client, Scope scope) {
        this.client = client;
        this.scope = scope;
    }

    void start() {
        BiPredicate<Pod, Pod> pods =
                (now, before) -> !status(now).equals(status(before)) || left(now) != left(before);
        BiPredicate<Deployment, Deployment> deployments =
                (now, before) ->
                        !Objects.equals(
                                now.getMetadata().getGeneration(),
                                before.getMetadata().getGeneration());
        BiPredicate<Service, Service> services =
                (now, before) -> !Objects.equals(now.getSpec(), before.getSpec());
        BiPredicate<Secret, Secret> secrets =
                (now, before) -> !Objects.equals(now.getData(), before.getData());
        kept =
                new Kept(
                        Feed.start("pods", ofGateways(client.pods()), pods, this::podChanged),
                        Feed.start(
                                "deployments",
                                ofGateways(client.apps().deployments()),
                                deployments,
                                this::changed),
                        Feed.start(
                                "services", ofGateways(client.services()), services, this::changed),
                        Feed.start(
                                "admin tokens",
                                ofGateways(client.secrets()).stream()
                                        .map(some -> some.withoutLabel(Labels.PART))
                                        .toList(),
                                secrets,
                                this::changed));
    }

    private <R extends HasMetadata> List<FilterWatchListDeletable<R, ?, ?>> ofGateways(
            MixedOperation<R, ?, ?> operation) {
        return Feeds.in(scope, operation).stream()
                .<FilterWatchListDeletable<R, ?, ?>>map(some ->
                        some.withLabel(Labels.MANAGED_BY, Labels.FIELD_MANAGER)
                                .withLabel(Labels.GATEWAY))
                .toList();
    }

    private static PodStatus status(Pod pod) {
        return pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    }

    private static boolean left(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /// Of a gateway, whatever their phase.
    public List<Pod> pods(ObjectRef gateway) {
        Kept now = kept;
        return now == null
                ? List.of()
                : now.pods().all().filter(pod -> gateway(pod).equals(gateway)).toList();
    }

    /// @param heard of a gateway one of whose pods came, went or changed
    public void onPods(Consumer<ObjectRef> heard) {
        podListeners.add(heard);
    }

    /// @param heard of a gateway one of whose objects came, went or changed, by whomever
    public void onObjects(Consumer<ObjectRef> heard) {
        changeListeners.add(heard);
    }

    private void podChanged(Pod pod) {
        podListeners.forEach(listener -> listener.accept(gateway(pod)));
    }

    private void changed(HasMetadata object) {
        changeListeners.forEach(listener -> listener.accept(gateway(object)));
    }

    private static ObjectRef gateway(HasMetadata object) {
        return new ObjectRef(
                object.getMetadata().getNamespace(),
                object.getMetadata().getLabels().getOrDefault(Labels.GATEWAY, ""));
    }

    Stream<Feed<?>> all() {
        Kept now = kept;
        return now == null ? Stream.of() : now.all();
    }

    @Override
    public void close() {
        all().forEach(Feed::close);
    }
}
