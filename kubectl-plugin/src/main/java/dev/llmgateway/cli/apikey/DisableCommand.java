package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.ChangeOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Suspension;
import dev.llmgateway.cli.verb.Verb;
import dev.llmgateway.cli.verb.WaitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `apikey disable`.
@Command(
        name = "disable",
        description = "Disables: new requests get 401, streams end within 5 s.",
        footer = {"  llm-gateway apikey disable NAME", "  llm-gateway --dir . apikey disable NAME"})
final class DisableCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the key.")
    private String name = "";

    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        return Suspension.set(session, Kind.KEY, name, true, changes, waiting);
    }
}
