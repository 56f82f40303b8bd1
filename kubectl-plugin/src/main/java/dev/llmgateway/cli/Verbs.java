package dev.llmgateway.cli;

import dev.llmgateway.cli.apikey.ApiKeyCommand;
import dev.llmgateway.cli.check.CheckCommand;
import dev.llmgateway.cli.completion.CompleteCommand;
import dev.llmgateway.cli.completion.CompletionCommand;
import dev.llmgateway.cli.connect.ConnectCommand;
import dev.llmgateway.cli.diff.DiffCommand;
import dev.llmgateway.cli.env.EnvCommand;
import dev.llmgateway.cli.explain.ExplainCommand;
import dev.llmgateway.cli.health.HealthCommand;
import dev.llmgateway.cli.importer.ImportCommand;
import dev.llmgateway.cli.server.ServerCommand;
import dev.llmgateway.cli.status.StatusCommand;
import dev.llmgateway.cli.upstream.UpstreamCommand;
import dev.llmgateway.cli.usage.UsageCommand;
import dev.llmgateway.cli.version.VersionCommand;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Every verb in the order of the help. A verb that is not named in the command line is a name with
/// a description: reading the annotations of all would cost more than the rest of the start.
final class Verbs {
    private static final String COMPLETE = "__complete";

    static final List<Entry> ALL =
            List.of(
                    new Entry(
                            "upstream",
                            "Upstream accounts: add, list, show, enable, disable, remove, test.",
                            UpstreamCommand::new),
                    new Entry(
                            "apikey",
                            "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke.",
                            ApiKeyCommand::new),
                    new Entry(
                            "connect",
                            "Prints the lines that point a client at this gateway with a key.",
                            ConnectCommand::new),
                    new Entry(
                            "status",
                            "Everything on one screen: gateways, the revision of each process, accounts by state, keys, and what was served in the last minutes.",
                            StatusCommand::new),
                    new Entry(
                            "health",
                            "Probes the operator, every pod and every account",
                            HealthCommand::new),
                    new Entry(
                            "usage",
                            "Requests, errors and tokens by the counters of the running processes, of the last hour at most.",
                            UsageCommand::new),
                    new Entry(
                            "explain",
                            "Says which accounts would serve a key's requests for a model, in which order, and why the others would not.",
                            ExplainCommand::new),
                    new Entry(
                            "server",
                            "The gateway: start it on a folder, or see live facts of a running one.",
                            ServerCommand::new),
                    new Entry(
                            "env",
                            "Proxies towards upstreams, as configured and as running: list, show, set, unset.",
                            EnvCommand::new),
                    new Entry(
                            "check",
                            "Compiles manifests as the operator would and names every mistake as file:document:path: message.",
                            CheckCommand::new),
                    new Entry(
                            "diff",
                            "Says what applying manifests would change in routing: accounts and keys gained, lost and changed, and models that other accounts would serve.",
                            DiffCommand::new),
                    new Entry(
                            "import",
                            "Reads the config.yaml of the earlier single-binary gateway and prints manifests",
                            ImportCommand::new),
                    new Entry(
                            "version",
                            "Versions of this program, of the operator and of the gateways, and whether they differ.",
                            VersionCommand::new),
                    new Entry(
                            "completion",
                            "Prints a script that completes words in a shell.",
                            CompletionCommand::new));

    private Verbs() {}

    /// @param description the begin of its own help
    record Entry(String verb, String description, Supplier<Object> command) {}

    static void addTo(CommandLine line, Set<String> words) {
        for (Entry each : ALL) {
            if (words.contains(each.verb())) {
                line.addSubcommand(each.verb(), each.command().get());
            } else {
                CommandSpec stub = CommandSpec.create();
                stub.usageMessage().description(each.description());
                line.addSubcommand(each.verb(), stub);
            }
        }
        if (words.contains(COMPLETE)) {
            CommandLine complete = new CommandLine(new CompleteCommand());
            complete.setUnmatchedOptionsArePositionalParams(true);
            line.addSubcommand(COMPLETE, complete);
        }
    }
}
