package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.status.Replica;
import java.util.List;
import java.util.function.Consumer;

/// What is known of gateways' pods.
public interface Replicas {
    /// Nothing is.
    Replicas NONE =
            new Replicas() {
                @Override
                public List<Replica> of(ObjectRef gateway) {
                    return List.of();
                }

                @Override
                public void onChange(Consumer<ObjectRef> heard) {}
            };

    List<Replica> of(ObjectRef gateway);

    /// @param heard takes every gateway one of whose pods came, went, or acknowledged a revision
    void onChange(Consumer<ObjectRef> heard);
}
