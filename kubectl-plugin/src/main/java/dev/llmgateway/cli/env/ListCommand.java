package dev.llmgateway.cli.env;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `env list`.
@Command(
        name = "list",
        description = "Proxies of every gateway, and of the accounts that have their own.",
        footer = {"  llm-gateway env list", "  llm-gateway --dir . env list -o json"})
final class ListCommand extends Verb {
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        output.print(session, EnvReport.all(EnvFacts.gather(session)).result());
        return ExitCode.OK;
    }
}
