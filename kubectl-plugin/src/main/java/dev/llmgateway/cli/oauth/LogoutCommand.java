package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.folder.FolderTokens;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `oauth logout`.
@Command(
        name = "logout",
        description =
                "Revokes an account's tokens where its provider can, and forgets them: the account serves nothing until somebody signs in again.",
        footer = {"  llm-gateway oauth logout claude", "  llm-gateway --dir . oauth logout claude"})
final class LogoutCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        OAuthAccount account = OAuthAccount.of(session, name);
        switch (session.place()) {
            case Place.Cluster _ -> {
                OperatorWatch watch =
                        OperatorWatch.begin(session, account.object(), waiting.timeout());
                watch.ask(OAuthAnnotations.LOGOUT, session.now().toString());
                OperatorView end = watch.untilEnded("waitingForOperator");
                if (!end.perfect()) {
                    session.warn("operatorSays", end.result());
                }
            }
            case Place.Folder(var folder) -> onFolder(session, folder.tokens(), account);
        }
        session.say("signedOut", name);
        return ExitCode.OK;
    }

    private void onFolder(Session session, FolderTokens files, OAuthAccount account) {
        TokenFile file =
                files.remove(account.namespace(), account.secret())
                        .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND, "notSignedIn", name));
        StoredTokens tokens = file.tokens();
        String token =
                tokens.refreshToken().isEmpty() ? tokens.accessToken() : tokens.refreshToken();
        LocalExchange exchange = LocalExchange.of(session, account);
        Optional<Form> revoke = exchange.requests().revoke(token);
        revoke.flatMap(form -> exchange.endpoints().revoke(form))
                .ifPresent(why -> session.warn("notRevoked", name, why));
    }
}
