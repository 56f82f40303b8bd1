package dev.llmgateway.operator.owned;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/// Makes the garbage collector remove what belongs to an object of ours once that is gone.
public final class Owner {
    private Owner() {}

    public static OwnerReference of(HasMetadata owner) {
        return of(owner.getKind(), owner.getMetadata().getName(), owner.getMetadata().getUid());
    }

    public static OwnerReference gateway(String name, String uid) {
        return of("GatewayConfig", name, uid);
    }

    /// Deletion is not blocked: that would ask for the right to set finalizers where
    /// OwnerReferencesPermissionEnforcement is on.
    private static OwnerReference of(String kind, String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion("llm-gateway.dev/v1alpha1")
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .build();
    }
}
