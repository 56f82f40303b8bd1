package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.fleet.AccountHealth;
import dev.llmgateway.operator.fleet.UsageLedger;
import dev.llmgateway.operator.status.Replica;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What is known of gateways' pods.
public interface Replicas extends AutoCloseable {
    List<Replica> of(ObjectRef gateway);

    /// @param heard takes every gateway one of whose pods came, went, or told something new
    void onChange(Consumer<ObjectRef> heard);

    /// Begins to follow pods that are new, and leaves those that are gone.
    ///
    /// @param token of their admin ports
    default void follow(ObjectRef gateway, String token) {}

    /// Goes on counting from there; nothing once pods are followed.
    default void restore(ObjectRef gateway, UsageLedger checkpoint) {}

    /// Empty: no ready pod has told of it yet.
    default Optional<AccountHealth> account(ObjectRef gateway, String uid) {
        return Optional.empty();
    }

    default UsageLedger usage(ObjectRef gateway) {
        return UsageLedger.EMPTY;
    }

    /// The gateway is gone.
    default void forget(ObjectRef gateway) {}

    @Override
    default void close() {}
}
