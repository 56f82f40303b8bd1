package dev.llmgateway.operator.fleet;

import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Follows the reports of the pods of every gateway.
public final class Fleet implements AutoCloseable {
    private final AdminClient client = new AdminClient();
    private final Map<ObjectRef, Crew> crews = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Consumer<ObjectRef> changed;

    /// @param changed is told of a gateway whose view has changed, on one of the fleet's threads or
    ///   the one that follows; it must return at once
    public Fleet(InstantSource clock, Consumer<ObjectRef> changed) {
        this.clock = clock;
        this.changed = changed;
    }

    /// Begins to follow pods that are new, and leaves those that are gone. Cheap when nothing has
    /// changed, so it may be called with every reconciliation.
    ///
    /// @param pods all pods of the gateway, whatever their phase
    /// @param token of the admin ports
    public void follow(ObjectRef gateway, Collection<Pod> pods, String token) {
        if (crew(gateway).follow(pods.stream().map(PodRef::of).toList(), token)) {
            // A pod may become ready long after its last report: nothing else would tell.
            changed.accept(gateway);
        }
    }

    /// Goes on from a checkpoint; nothing once pods are followed.
    public void restore(ObjectRef gateway, UsageLedger checkpoint) {
        crew(gateway).restore(checkpoint);
    }

    /// Of a gateway that is not followed: `EMPTY`.
    public FleetView view(ObjectRef gateway) {
        Crew crew = crews.get(gateway);
        return crew == null ? FleetView.EMPTY : crew.view();
    }

    /// The gateway is gone.
    public void forget(ObjectRef gateway) {
        Crew crew = crews.remove(gateway);
        if (crew != null) {
            crew.close();
        }
    }

    private Crew crew(ObjectRef gateway) {
        return crews.computeIfAbsent(
                gateway, _ -> new Crew(client, clock, () -> changed.accept(gateway)));
    }

    @Override
    public void close() {
        crews.values().forEach(Crew::close);
        crews.clear();
        client.close();
    }
}
