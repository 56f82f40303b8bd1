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
import dev.llmgateway.cli.oauth.OAuthCommand;
import dev.llmgateway.cli.server.ServerCommand;
import dev.llmgateway.cli.status.StatusCommand;
import dev.llmgateway.cli.upstream.UpstreamCommand;
import dev.llmgateway.cli.usage.UsageCommand;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.version.VersionCommand;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/// Every verb in the order of the help.
final class Verbs {
    private static final String COMPLETE = "__complete";

    private static final List<Leaf> ALL =
            List.of(
                    new Leaf(
                            "upstream",
                            "Upstream accounts: add, list, show, enable, disable, remove, test."),
                    new Leaf(
                            "apikey",
                            "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke."),
                    new Leaf("oauth", "Sign-ins of accounts: start, status, refresh, logout."),
                    new Leaf(
                            "connect",
                            "Prints the lines that point a client at this gateway with a key."),
                    new Leaf(
                            "status",
                            "Everything on one screen: gateways, the revision of each process, accounts by state, keys, and what was served in the last minutes."),
                    new Leaf("health", "Probes the operator, every pod and every account"),
                    new Leaf(
                            "usage",
                            "Requests, errors and tokens by the counters of the running processes, of the last hour at most."),
                    new Leaf(
                            "explain",
                            "Says which accounts would serve a key's requests for a model, in which order, and why the others would not."),
                    new Leaf(
                            "server",
                            "The gateway: start it on a folder, or see live facts of a running one."),
                    new Leaf(
                            "env",
                            "Proxies towards upstreams, as configured and as running: list, show, set, unset."),
                    new Leaf(
                            "check",
                            "Compiles manifests as the operator would and names every mistake as file:document:path: message."),
                    new Leaf(
                            "diff",
                            "Says what applying manifests would change in routing: accounts and keys gained, lost and changed, and models that other accounts would serve."),
                    new Leaf(
                            "import",
                            "Reads the config.yaml of the earlier single-binary gateway and prints manifests"),
                    new Leaf(
                            "version",
                            "Versions of this program, of the operator and of the gateways, and whether they differ."),
                    new Leaf("completion", "Prints a script that completes words in a shell."));

    private Verbs() {}

    static void addTo(CommandLine line, Set<String> words) {
        if (words.contains(COMPLETE)) {
            ALL.forEach(leaf -> line.addSubcommand(leaf.name(), make(leaf.name(), words)));
            CommandLine complete = new CommandLine(new CompleteCommand());
            complete.setUnmatchedOptionsArePositionalParams(true);
            line.addSubcommand(COMPLETE, complete);
        } else {
            Leaf.addTo(line, ALL, words, Verbs::make);
        }
    }

    private static CommandLine make(String name, Set<String> words) {
        return switch (name) {
            case "upstream" -> UpstreamCommand.group().commandLine(words);
            case "apikey" -> ApiKeyCommand.group().commandLine(words);
            case "oauth" -> OAuthCommand.group().commandLine(words);
            case "connect" -> new CommandLine(new ConnectCommand());
            case "status" -> new CommandLine(new StatusCommand());
            case "health" -> new CommandLine(new HealthCommand());
            case "usage" -> new CommandLine(new UsageCommand());
            case "explain" -> new CommandLine(new ExplainCommand());
            case "server" -> ServerCommand.group().commandLine(words);
            case "env" -> EnvCommand.group().commandLine(words);
            case "check" -> new CommandLine(new CheckCommand());
            case "diff" -> new CommandLine(new DiffCommand());
            case "import" -> new CommandLine(new ImportCommand());
            case "version" -> new CommandLine(new VersionCommand());
            case "completion" -> new CommandLine(new CompletionCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The words of every verb, for whoever wants all of them loaded.
    static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (Leaf leaf : ALL) {
            words.add(leaf.name());
            words.addAll(make(leaf.name(), Set.of()).getSubcommands().keySet());
        }
        return words;
    }
}
