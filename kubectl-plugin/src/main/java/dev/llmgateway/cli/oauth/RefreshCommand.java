package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `oauth refresh`.
@Command(
        name = "refresh",
        description =
                "Asks for a new token now and waits for it. The old one stays in use until then, whatever comes of it.",
        footer = {
            "  llm-gateway oauth refresh claude",
            "  llm-gateway --dir . oauth refresh claude --timeout=30s"
        })
final class RefreshCommand extends Verb {
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
                watch.ask(OAuthAnnotations.REFRESH, session.now().toString());
                watch.untilEnded("waitingForRefresh");
            }
            case Place.Folder(var folder) ->
                    FolderRefresh.run(session, folder.tokens(), account, waiting.timeout());
        }
        session.say("refreshed", name);
        return ExitCode.OK;
    }
}
