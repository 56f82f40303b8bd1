package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Claim;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Redeems the grant of a sign-in, once: a claim on the grant comes before the question, since a
/// code that is shown twice makes providers end the login.
final class LoginStep {
    private final TokenSecrets secrets;
    private final TokenKeeper keeper;
    private final String holder;
    private final Clock clock;

    LoginStep(TokenSecrets secrets, TokenKeeper keeper, String holder, Clock clock) {
        this.secrets = secrets;
        this.keeper = keeper;
        this.holder = holder;
        this.clock = clock;
    }

    Turn take(Look look, Known known, Optional<Provider> provider) {
        Optional<LoginGrant.Reference> reference = LoginGrant.Reference.read(look.wishes().grant());
        if (reference.isEmpty()) {
            return refused(look, known, "the annotation names no login grant");
        }
        String name = reference.get().secret();
        TokenSecret tokens = secrets.read(look.secretRef());
        Optional<Secret> found =
                secrets.released(new ObjectRef(look.signIn().account().namespace(), name));
        if (tokens.grant().equals(name)) { // this process or one before came so far
            found.filter(LoginStep::isGrant).ifPresent(this::delete);
            return signedIn(tokens);
        }
        if (found.isEmpty() || !isGrant(found.get())) {
            return refused(
                    look,
                    known,
                    "Secret "
                            + name
                            + " is no released, immutable Secret of type "
                            + OAuthAnnotations.GRANT_TYPE);
        }
        return take(look, known, provider, reference.get(), found.get());
    }

    private Turn take(
            Look look,
            Known known,
            Optional<Provider> provider,
            LoginGrant.Reference reference,
            Secret grant) {
        Optional<Claim> claim =
                Optional.ofNullable(TokenSecret.annotations(grant).get(OAuthAnnotations.CLAIM))
                        .flatMap(Claim::read);
        return switch (LoginGrant.read(reference, TokenSecret.values(grant), clock.instant())) {
            case LoginGrant.Reading.Foreign(var why) ->
                    refused(look, known, why + "; Secret " + reference.secret() + " stays");
            case LoginGrant.Reading.Invalid(var why) -> spent(look, known, grant, why);
            case LoginGrant.Reading.Valid _ when claim.isPresent() ->
                    claim.get().live(clock.instant())
                            ? Turn.at(known, claim.get().expires())
                            : spent(look, known, grant, "the operator was stopped meanwhile");
            case LoginGrant.Reading.Valid(var valid) ->
                    claim(grant)
                            ? redeem(look, known, provider, grant, valid)
                            : Turn.at(known, clock.instant().plusSeconds(1));
        };
    }

    private boolean claim(Secret grant) {
        Claim claim =
                Claim.of(holder, UUID.randomUUID().toString(), clock.instant(), StoredTokens.NONE);
        try {
            secrets.annotate(grant, Map.of(OAuthAnnotations.CLAIM, claim.text()));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    private Turn redeem(
            Look look, Known known, Optional<Provider> provider, Secret secret, LoginGrant grant) {
        return switch (grant.proof()) {
            case LoginGrant.Proof.Redeemed(var tokens) -> adopt(look, known, secret, tokens);
            case LoginGrant.Proof.Code code ->
                    provider.isEmpty()
                            ? spent(look, known, secret, RefreshStep.NO_CLIENT_SECRET)
                            : redeem(look, known, provider.get(), secret, code);
        };
    }

    private Turn redeem(
            Look look, Known known, Provider provider, Secret secret, LoginGrant.Proof.Code code) {
        Form form =
                provider.requests()
                        .code(code.code(), code.verifier(), code.redirect(), code.state());
        return switch (provider.endpoints().token(form)) {
            case TokenAnswer.Tokens tokens ->
                    adopt(look, known, secret, StoredTokens.first(tokens, clock.instant()));
            case TokenAnswer.Refused(var status, var error) ->
                    spent(
                            look,
                            known,
                            secret,
                            "the provider refused the code (" + status + ", " + error + ")");
            case TokenAnswer.Pending _ ->
                    spent(look, known, secret, "the provider answered as if to a device code");
            case TokenAnswer.Unavailable(var why, _) ->
                    spent(look, known, secret, "the token endpoint " + why);
        };
    }

    private Turn adopt(Look look, Known known, Secret grant, StoredTokens tokens) {
        Optional<TokenSecret> stored =
                keeper.adopt(
                        look.secretRef(),
                        look.signIn().account().name(),
                        tokens,
                        grant.getMetadata().getName());
        if (stored.isEmpty()) {
            return spent(
                    look,
                    known,
                    grant,
                    "Secret " + look.signIn().secret() + " exists and is not released for use");
        }
        delete(grant);
        return signedIn(stored.get());
    }

    private Turn signedIn(TokenSecret secret) {
        Outcome outcome = Outcome.done("signed in", clock.instant(), secret);
        return Turn.fulfilled(OAuthAnnotations.GRANT, Known.NOTHING.with(outcome), secret);
    }

    private Turn spent(Look look, Known known, Secret grant, String why) {
        delete(grant);
        return refused(look, known, why);
    }

    /// The login before it, if there is one, stays as it is.
    private Turn refused(Look look, Known known, String why) {
        String text = "sign-in failed: " + why + "; sign in again";
        return Turn.fulfilled(
                OAuthAnnotations.GRANT,
                known.with(Outcome.failed(text, clock.instant())),
                look.secret());
    }

    private static boolean isGrant(Secret secret) {
        return OAuthAnnotations.GRANT_TYPE.equals(secret.getType())
                && Boolean.TRUE.equals(secret.getImmutable());
    }

    private void delete(Secret grant) {
        secrets.delete(
                new ObjectRef(grant.getMetadata().getNamespace(), grant.getMetadata().getName()));
    }
}
