package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;

/// Makes a controller look at an object again.
public final class Nudges<P extends HasMetadata> extends AbstractEventSource<ObjectRef, P> {
    public Nudges() {
        super(ObjectRef.class, "nudges");
    }

    public void nudge(ObjectRef object) {
        if (isRunning()) { // before, every object is looked at anyway
            ResourceID id = new ResourceID(object.name(), object.namespace());
            // A plain Event has other tags in the SDK's metrics, and Prometheus throws at the
            // second kind.
            getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, null));
        }
    }

    @Override
    public Set<ObjectRef> getSecondaryResources(P primary) {
        return Set.of();
    }
}
