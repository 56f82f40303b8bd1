package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;

/// Where tokens are asked for.
public interface IdentityProviders {
    /// Blocks until there is an answer, at most [Form#TIMEOUT_MILLIS]; trouble is an answer too.
    ///
    /// @param egress the account's own way to the network
    TokenAnswer token(Form form, EgressPlan egress);
}
