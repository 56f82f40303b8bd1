package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialRef;
import java.util.Optional;

/// The secret values that travel beside the plan.
public interface Credentials {
    /// The value as of now; empty when it is missing or not acceptable. Never blocks.
    Optional<Credential.Value> find(CredentialRef ref);
}
