package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `upstream show`.
@Command(
        name = "show",
        description =
                "Shows one account: spec, conditions, health, usage, and which pods have it. Of its credential only the fingerprint.",
        footer = {
            "  llm-gateway upstream show claude",
            "  llm-gateway --dir . upstream show claude -o jsonpath='{.status.state}'"
        })
final class ShowCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        JsonNode account = session.objects().read(Kind.ACCOUNT, name);
        Optional<JsonNode> gateway =
                output.isText() ? Gateways.of(session, account) : Optional.empty();
        output.print(
                session,
                new Result(
                        account,
                        List.of(Kind.ACCOUNT.qualified() + "/" + name),
                        AccountPage.of(account, gateway, session.messages(), session.now())));
        return ExitCode.OK;
    }
}
