package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.oauth.OAuthRequests;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.EgressPlan;
import java.util.Optional;

/// An account whose tokens are to be kept fresh.
///
/// @param ref `namespace/name`
/// @param file name of its token file, without its end
/// @param seed tokens that were put there by hand, used while nobody has signed in
public record SignedIn(
        String ref,
        String uid,
        String file,
        OAuthSettings settings,
        Optional<String> clientSecret,
        EgressPlan egress,
        StoredTokens seed) {
    OAuthRequests requests() {
        return new OAuthRequests(settings, clientSecret);
    }

    @Override
    public String toString() {
        return "SignedIn[" + ref + "]";
    }
}
