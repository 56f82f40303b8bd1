package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.cli.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `oauth start`.
@Command(
        name = "start",
        description =
                "Signs in to an account: opens the provider's page, or prints its address, and hands the result to whoever serves the account. Tokens are never shown.",
        footer = {
            "  llm-gateway oauth start claude",
            "  llm-gateway --dir . oauth start qwen --no-browser"
        })
final class StartCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the account.")
    private String name = "";

    @Mixin private LoginOptions options = new LoginOptions();

    @Override
    protected ExitCode run(Session session) {
        return Login.run(session, name, options);
    }
}
