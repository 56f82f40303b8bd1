package dev.llmgateway.operator.status;

import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.Health;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import dev.llmgateway.crds.resource.UsageTotals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an account.
///
/// @param compiled whether it takes part in a plan
/// @param credentialType `APIKey`, `OAuth`, `Passthrough` or `None`
/// @param fingerprint of the credential; empty: none
/// @param secretVersion resourceVersion of its Secret; empty: none
/// @param state as pods see it: `Active`, `CoolingDown` or `CredentialInvalid`; null: none has told
/// @param health as pods see it; null: none has told
/// @param usage null: not known
/// @param oauth null: nothing is known of a sign-in
public record AccountFacts(
        long generation,
        List<Diagnostic> remarks,
        boolean compiled,
        boolean suspended,
        String credentialType,
        String fingerprint,
        String secretVersion,
        Programming programming,
        @Nullable State state,
        @Nullable Health health,
        @Nullable UsageTotals usage,
        @Nullable OAuthFacts oauth) {
    public AccountFacts {
        remarks = List.copyOf(remarks);
    }
}
