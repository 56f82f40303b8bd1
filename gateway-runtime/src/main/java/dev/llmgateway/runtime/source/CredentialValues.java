package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.plan.CredentialRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Secret values by the names a plan gives them; of several documents of a name the later counts,
/// as in the compile that has judged them.
final class CredentialValues {
    private CredentialValues() {}

    static Map<CredentialRef, String> of(List<SecretDocument> secrets) {
        Map<CredentialRef, String> values = new HashMap<>();
        for (SecretDocument secret : secrets) {
            secret.values()
                    .forEach((key, value) ->
                            values.put(
                                    new CredentialRef(secret.namespace(), secret.name(), key),
                                    value));
        }
        return Map.copyOf(values);
    }
}
