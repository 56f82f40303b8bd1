package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import java.util.List;

/// What is known of an account.
///
/// @param compiled whether it takes part in a plan
/// @param credentialType `APIKey`, `OAuth`, `Passthrough` or `None`
/// @param fingerprint of the credential; empty: none
/// @param secretVersion resourceVersion of its Secret; empty: none
public record AccountFacts(
        long generation,
        List<Diagnostic> remarks,
        boolean compiled,
        boolean suspended,
        String credentialType,
        String fingerprint,
        String secretVersion,
        Programming programming) {
    public AccountFacts {
        remarks = List.copyOf(remarks);
    }
}
