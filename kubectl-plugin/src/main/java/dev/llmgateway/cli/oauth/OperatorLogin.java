package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.cluster.ClusterObjects;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import java.util.HexFormat;

/// A sign-in that the operator completes. What it needs is handed over in a Secret of its own, and
/// an annotation on the account binds it: only who may change the account can do that.
final class OperatorLogin {
    private final Session session;
    private final ClusterObjects objects;
    private final OAuthAccount account;
    private final LoginOptions options;

    OperatorLogin(
            Session session, ClusterObjects objects, OAuthAccount account, LoginOptions options) {
        this.session = session;
        this.objects = objects;
        this.account = account;
        this.options = options;
    }

    ExitCode redeem(LoginGrant.Proof.Code code) {
        return hand(code);
    }

    /// Tokens that this machine has asked for.
    ExitCode hand(StoredTokens tokens) {
        return hand(new LoginGrant.Proof.Redeemed(tokens));
    }

    private ExitCode hand(LoginGrant.Proof proof) {
        LoginGrant grant = new LoginGrant(proof, session.now().plus(LoginGrant.LIFE));
        String secret = account.name() + "-login-" + random();
        objects.create(manifest(secret, grant));
        OperatorWatch watch = watch();
        try {
            watch.ask(OAuthAnnotations.GRANT, grant.annotation(secret));
        } catch (Failure e) {
            objects.removeSecret(secret); // bound to nothing, so nobody would ever redeem it
            throw e;
        }
        watch.untilEnded("waitingForOperator");
        session.say("signedIn", account.name());
        return ExitCode.OK;
    }

    private ObjectNode manifest(String name, LoginGrant grant) {
        ObjectNode metadata = Json.object().put("name", name);
        metadata.put("namespace", account.namespace());
        metadata.putObject("labels")
                .put("app.kubernetes.io/managed-by", "kubectl-llm-gateway")
                .put("llm-gateway.dev/credentials", "true");
        ObjectNode secret =
                Json.object()
                        .put("apiVersion", "v1")
                        .put("kind", "Secret")
                        .put("type", OAuthAnnotations.GRANT_TYPE)
                        .put("immutable", true);
        secret.set("metadata", metadata);
        ObjectNode data = secret.putObject("stringData");
        grant.data().forEach(data::put);
        return secret;
    }

    /// By device code: the operator asks for it and shows it in the account's status.
    ExitCode device() {
        OperatorWatch watch = watch();
        watch.ask(OAuthAnnotations.DEVICE, session.now() + "/" + random());
        OperatorView invitation = watch.untilInvited();
        DeviceInvitation.show(
                session,
                account.name(),
                invitation.verificationURL(),
                invitation.userCode(),
                options);
        watch.untilEnded("waitingForSignIn");
        session.say("signedIn", account.name());
        return ExitCode.OK;
    }

    /// Without a person: the operator asks for tokens as soon as it sees the account.
    ExitCode unattended() {
        session.say("noSignIn", account.name(), account.settings().grant());
        JsonNode object = objects.read(Kind.ACCOUNT, account.name());
        if (!OperatorView.of(object).valid().equals("True")) {
            watch().untilValid();
        }
        session.say("signedIn", account.name());
        return ExitCode.OK;
    }

    private OperatorWatch watch() {
        return OperatorWatch.begin(session, account.object(), options.patience());
    }

    private String random() {
        byte[] random = new byte[5];
        session.surroundings().random().get().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
