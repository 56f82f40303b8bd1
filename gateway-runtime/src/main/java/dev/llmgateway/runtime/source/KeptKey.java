package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.manifest.SecretDocument;

/// A key with `source.generate` in a folder, and the Secret it lives in.
///
/// @param key `namespace/name` of the GatewayKey
/// @param fresh made just now
public record KeptKey(String key, SecretDocument secret, boolean fresh) {
    /// The plaintext; for the person who runs the folder, never for a log.
    public String text() {
        return secret.values().getOrDefault("api-key", "");
    }
}
