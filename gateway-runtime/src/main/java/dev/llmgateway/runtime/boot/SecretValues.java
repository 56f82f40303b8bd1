package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import java.util.Map;
import java.util.Optional;

/// The secret values of one load, in memory only.
record SecretValues(Map<CredentialRef, String> values) implements Credentials {
    @Override
    public Optional<Credential.Value> find(CredentialRef ref) {
        return text(ref).filter(Credential.Value::acceptable).map(Credential.Value::new);
    }

    /// Any text, such as a PEM certificate.
    Optional<String> text(CredentialRef ref) {
        return Optional.ofNullable(values.get(ref));
    }

    @Override
    public String toString() {
        return "SecretValues[" + values.size() + "]";
    }
}
