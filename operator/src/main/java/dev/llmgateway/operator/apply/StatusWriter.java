package dev.llmgateway.operator.apply;

import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Writes a status by server-side apply with the plain client: through the SDK, a change of the
/// spec that arrives during the write can be lost for good (java-operator-sdk#3398).
public final class StatusWriter {
    private static final PatchContext APPLY =
            new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager(Labels.FIELD_MANAGER)
                    .withForce(true)
                    .build();

    private final KubernetesClient client;

    public StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /// Writes nothing where the status says it already.
    ///
    /// @param shell a new, empty object of the kind
    /// @return whether something was written
    public <T, R extends CustomResource<?, T>> boolean write(R current, R shell, T desired) {
        if (desired.equals(current.getStatus())) {
            return false;
        }
        shell.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(current.getMetadata().getNamespace())
                        .withName(current.getMetadata().getName())
                        .withUid(current.getMetadata().getUid()) // a namesake answers 409
                        .build());
        shell.setSpec(null);
        shell.setStatus(desired);
        client.resource(shell).subresource("status").patch(APPLY);
        return true;
    }
}
