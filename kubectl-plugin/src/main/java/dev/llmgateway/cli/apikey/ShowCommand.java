package dev.llmgateway.cli.apikey;

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

/// `apikey show`.
@Command(
        name = "show",
        description =
                "Shows one key: spec, limits, budgets, conditions, usage, and which pods have it. Never the key itself.",
        footer = {
            "  llm-gateway apikey show team-a",
            "  llm-gateway --dir . apikey show team-a -o yaml"
        })
final class ShowCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the key.")
    private String name = "";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        JsonNode key = session.objects().read(Kind.KEY, name);
        Optional<JsonNode> gateway = output.isText() ? Gateways.of(session, key) : Optional.empty();
        output.print(
                session,
                new Result(
                        key,
                        List.of(Kind.KEY.qualified() + "/" + name),
                        KeyPage.of(key, gateway, session.messages(), session.now())));
        return ExitCode.OK;
    }
}
