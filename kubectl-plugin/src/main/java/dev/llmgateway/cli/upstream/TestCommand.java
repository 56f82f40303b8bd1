package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.DeepTests;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Fleet;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Page;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `upstream test`.
@Command(
        name = "test",
        description =
                "One tiny real call through the gateway, pinned to this account; prints status, latency and model. It costs a few tokens.",
        footer = {
            "  llm-gateway upstream test claude",
            "  llm-gateway --dir . upstream test claude --model=claude-haiku-4-5"
        })
final class TestCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "Model to ask for. Default: one that the account serves.")
    private String model = "";

    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        JsonNode account = session.objects().read(Kind.ACCOUNT, name);
        JsonNode test;
        try (Fleet fleet = Fleet.chosen(session)) {
            test = DeepTests.one(fleet, Facts.namespace(account) + "/" + name, model);
        }
        int status = test.path("status").asInt();
        boolean good = status == 200;
        Page page =
                new Page(session.messages())
                        .line("label.name", test.path("account").asText())
                        .line(
                                "label.status",
                                new Cell(
                                        status == 0 ? "-" : Integer.toString(status),
                                        good ? Tone.GOOD : Tone.BAD))
                        .line("label.latency", test.path("millis").asText() + " ms")
                        .line("label.model", test.path("model").asText())
                        .line("label.message", test.path("message").asText());
        output.print(session, new Result(test, List.of(), page.view()));
        return good ? ExitCode.OK : ExitCode.FAILURE;
    }
}
