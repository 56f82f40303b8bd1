package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `oauth status`.
@Command(
        name = "status",
        description =
                "How it stands with the tokens of accounts that sign in: whether they are valid, until when, and how the last refresh ended. Ends with 1 when one needs a person.",
        footer = {
            "  llm-gateway oauth status",
            "  llm-gateway --dir . oauth status claude -o json"
        })
final class StatusCommand extends Verb {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "Name of the account. Default: all that sign in.")
    private String name = "";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        List<JsonNode> accounts =
                (name.isEmpty()
                                ? session.objects().list(Kind.ACCOUNT, "")
                                : List.of(session.objects().read(Kind.ACCOUNT, name)))
                        .stream().filter(OAuthTable::signsIn).toList();
        if (accounts.isEmpty() && output.isText()) {
            session.say(name.isEmpty() ? "noneSignsIn" : "notOAuth", name);
            return name.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
        }
        Result result =
                OAuthTable.at(session.now(), session.messages())
                        .of(Kind.ACCOUNT, accounts, session.globals().allNamespaces());
        output.print(session, result);
        boolean good = accounts.stream().noneMatch(OAuthTable::needsPerson);
        return good ? ExitCode.OK : ExitCode.FAILURE;
    }
}
