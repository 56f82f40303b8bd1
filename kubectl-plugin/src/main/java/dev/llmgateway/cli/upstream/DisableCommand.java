package dev.llmgateway.cli.upstream;

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

/// `upstream disable`.
@Command(
        name = "disable",
        description = "Disables: no new requests, running streams finish.",
        footer = {
            "  llm-gateway upstream disable NAME",
            "  llm-gateway --dir . upstream disable NAME"
        })
final class DisableCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    @Override
    protected ExitCode run(Session session) {
        return Suspension.set(session, Kind.ACCOUNT, name, true, changes, waiting);
    }
}
