package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.compile.SignIn;
import dev.llmgateway.crds.oauth.Attempts;
import dev.llmgateway.crds.oauth.RefreshFacts;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.Set;

/// One account at one moment.
///
/// @param wishes that are not fulfilled yet
/// @param secret its tokens
/// @param refused fingerprints of tokens that upstreams refuse
record Look(SignIn signIn, Wishes wishes, TokenSecret secret, Set<String> refused, Instant now) {
    ObjectRef secretRef() {
        return new ObjectRef(signIn.account().namespace(), signIn.secret());
    }

    RefreshFacts facts(Attempts attempts, boolean asked) {
        return Refresher.Job.facts(signIn, secret, attempts, asked);
    }
}
