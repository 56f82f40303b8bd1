package dev.llmgateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The root command. It has no action of its own: picocli asks for a verb.
@Command(
        name = "kubectl-llm_gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        description = "Accounts, keys and gateways of llm-gateway.",
        subcommands = VersionCommand.class)
public final class LlmGatewayCommand {

    /// Exit code 0, or 2 for wrong arguments.
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LlmGatewayCommand());
    }
}
