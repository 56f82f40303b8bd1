package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.folder.FolderObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.api.SecretKeyRef;
import dev.llmgateway.crds.endpoint.SignInEndpoints;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthRequests;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.crds.plan.EgressPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Asks for tokens from this machine: for a folder, or for providers that bind codes to an address.
record LocalExchange(
        Session session, OAuthAccount account, OAuthRequests requests, SignInEndpoints endpoints) {
    static LocalExchange of(Session session, OAuthAccount account) {
        Optional<String> secret =
                account.settings()
                        .clientSecret()
                        .map(ref ->
                                switch (session.place()) {
                                    case Place.Folder(var folder) -> inFolder(folder, account, ref);
                                    case Place.Cluster(var objects, _) -> inCluster(objects, ref);
                                });
        EgressPlan egress =
                session.place() instanceof Place.Folder
                        ? account.egress()
                        : withoutProxies(account.egress());
        return new LocalExchange(
                session,
                account,
                new OAuthRequests(account.settings(), secret),
                new SignInEndpoints(egress));
    }

    /// The cluster's proxies are not this machine's.
    private static EgressPlan withoutProxies(EgressPlan egress) {
        return new EgressPlan(
                "",
                "",
                List.of(),
                egress.caBundle(),
                egress.allowPrivateNetworks(),
                egress.allowHosts());
    }

    private static String inFolder(FolderObjects folder, OAuthAccount account, SecretKeyRef ref) {
        return folder.reading().manifests().secrets().stream()
                .filter(secret ->
                        secret.namespace().equals(account.namespace())
                                && secret.name().equals(ref.name()))
                .map(secret -> secret.values().getOrDefault(ref.key(), "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> noSecret(ref));
    }

    private static String inCluster(ClusterObjects objects, SecretKeyRef ref) {
        return objects.find("secret", ref.name())
                .map(secret -> secret.path("data").path(ref.key()).asText())
                .filter(value -> !value.isEmpty())
                .map(value ->
                        new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                                .strip())
                .orElseThrow(() -> noSecret(ref));
    }

    private static Failure noSecret(SecretKeyRef ref) {
        return new Failure(ExitCode.NOT_FOUND, "noClientSecret", ref.name() + "/" + ref.key());
    }

    StoredTokens redeem(LoginGrant.Proof.Code code) {
        Form form = requests.code(code.code(), code.verifier(), code.redirect(), code.state());
        return switch (endpoints.token(form)) {
            case TokenAnswer.Tokens tokens -> StoredTokens.first(tokens, session.now());
            case TokenAnswer.Refused(int status, String error) ->
                    throw new Failure(
                            ExitCode.FAILURE, "codeRefused", account.name(), error, status);
            case TokenAnswer.Pending _ ->
                    throw new Failure(
                            ExitCode.FAILURE, "codeRefused", account.name(), "pending", 400);
            case TokenAnswer.Unavailable(String why, _) -> throw unavailable(why);
        };
    }

    Failure unavailable(String why) {
        return new Failure(
                ExitCode.FAILURE, "endpointFailed", requests.settings().endpoints().token(), why);
    }

    /// Hands the tokens to whoever serves the account.
    ExitCode keep(StoredTokens tokens, LoginOptions options) {
        return switch (session.place()) {
            case Place.Cluster(var objects, _) ->
                    new OperatorLogin(session, objects, account, options).hand(tokens);
            case Place.Folder(var folder) -> {
                folder.tokens().keep(account.namespace(), account.secret(), tokens);
                session.say("signedInOnFolder", account.name());
                yield ExitCode.OK;
            }
        };
    }

    @Override
    public String toString() {
        return "LocalExchange[" + account.name() + "]";
    }
}
