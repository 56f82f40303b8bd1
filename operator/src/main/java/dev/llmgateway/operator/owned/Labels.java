package dev.llmgateway.operator.owned;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/// Labels and names on what the operator writes.
public final class Labels {
    public static final String FIELD_MANAGER = "llm-gateway-operator";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /// What a pod runs: `llm-gateway` on those of gateways.
    public static final String NAME = "app.kubernetes.io/name";

    /// Value of [#NAME] on the pods of gateways.
    public static final String GATEWAY_PROGRAM = "llm-gateway";

    /// Whose output an object is.
    public static final String GATEWAY = "llm-gateway.dev/gateway";

    /// On the Secret of a generated key: the key's name.
    public static final String KEY = "llm-gateway.dev/key";

    /// On a Secret of a bundle: which part.
    public static final String PART = "llm-gateway.dev/part";

    /// Releases a Secret for use as a credential.
    public static final String CREDENTIALS = "llm-gateway.dev/credentials";

    private Labels() {}

    public static Map<String, String> ofGateway(String gateway) {
        return Map.of(MANAGED_BY, FIELD_MANAGER, GATEWAY, gateway);
    }

    public static Map<String, String> ofKey(String key) {
        return Map.of(MANAGED_BY, FIELD_MANAGER, KEY, key);
    }

    /// Whether an object is owned by exactly this one; a label alone could be anybody's.
    public static boolean owned(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> reference.getUid().equals(owner.getMetadata().getUid()));
    }
}
