package dev.llmgateway.cli.env;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.OutputOptions;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `env show`.
@Command(
        name = "show",
        description = "Proxies of the gateway, or with --account of an account.",
        footer = {"  llm-gateway env show", "  llm-gateway --dir . env show --account=claude"})
final class ShowCommand extends Verb {
    @Mixin private EnvTarget target = new EnvTarget();
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    protected ExitCode run(Session session) {
        output.print(session, target.report(session).result());
        return ExitCode.OK;
    }
}
