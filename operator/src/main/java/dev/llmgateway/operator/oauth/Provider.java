package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.compile.SignIn;
import dev.llmgateway.crds.endpoint.SignInEndpoints;
import dev.llmgateway.crds.oauth.OAuthRequests;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.snapshot.World;
import java.util.Optional;

/// What is asked of one account's identity provider, and how it is reached.
record Provider(OAuthRequests requests, SignInEndpoints endpoints) {
    /// Empty: the account names a client secret that is not there, or not released.
    static Optional<Provider> of(SignIn signIn, World world) {
        SignInEndpoints endpoints = new SignInEndpoints(signIn.egress());
        if (signIn.settings().clientSecret().isEmpty()) {
            return Optional.of(
                    new Provider(
                            new OAuthRequests(signIn.settings(), Optional.empty()), endpoints));
        }
        return secret(signIn, world)
                .map(value ->
                        new Provider(
                                new OAuthRequests(signIn.settings(), Optional.of(value)),
                                endpoints));
    }

    private static Optional<String> secret(SignIn signIn, World world) {
        return signIn.settings()
                .clientSecret()
                .flatMap(ref ->
                        world.released(new ObjectRef(signIn.account().namespace(), ref.name()))
                                .map(TokenSecret::values)
                                .map(values -> values.getOrDefault(ref.key(), "").strip()))
                .filter(value -> !value.isEmpty());
    }
}
