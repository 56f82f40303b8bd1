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
import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.version.VersionCommand;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/// Every verb in the order of the help.
final class Verbs {
    private static final String COMPLETE = "__complete";

    private static final List<Entry> ALL =
            List.of(
                    Entry.of(UpstreamCommand.group()),
                    Entry.of(ApiKeyCommand.group()),
                    Entry.of(
                            Leaf.of(
                                    "connect",
                                    "Prints the lines that point a client at this gateway with a key.",
                                    ConnectCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "status",
                                    "Everything on one screen: gateways, the revision of each process, accounts by state, keys, and what was served in the last minutes.",
                                    StatusCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "health",
                                    "Probes the operator, every pod and every account",
                                    HealthCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "usage",
                                    "Requests, errors and tokens by the counters of the running processes, of the last hour at most.",
                                    UsageCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "explain",
                                    "Says which accounts would serve a key's requests for a model, in which order, and why the others would not.",
                                    ExplainCommand::new)),
                    Entry.of(ServerCommand.group()),
                    Entry.of(EnvCommand.group()),
                    Entry.of(
                            Leaf.of(
                                    "check",
                                    "Compiles manifests as the operator would and names every mistake as file:document:path: message.",
                                    CheckCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "diff",
                                    "Says what applying manifests would change in routing: accounts and keys gained, lost and changed, and models that other accounts would serve.",
                                    DiffCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "import",
                                    "Reads the config.yaml of the earlier single-binary gateway and prints manifests",
                                    ImportCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "version",
                                    "Versions of this program, of the operator and of the gateways, and whether they differ.",
                                    VersionCommand::new)),
                    Entry.of(
                            Leaf.of(
                                    "completion",
                                    "Prints a script that completes words in a shell.",
                                    CompletionCommand::new)));

    private Verbs() {}

    /// A verb, or a verb of verbs.
    sealed interface Entry {
        static Entry of(Group group) {
            return new Several(group);
        }

        static Entry of(Leaf leaf) {
            return new One(leaf);
        }

        /// Of verbs.
        record Several(Group group) implements Entry {}

        /// By itself.
        record One(Leaf leaf) implements Entry {}
    }

    static void addTo(CommandLine line, Set<String> words) {
        List<Leaf> leaves = ALL.stream().map(entry -> leaf(entry, words)).toList();
        Leaf.addTo(line, leaves, words);
        if (words.contains(COMPLETE)) {
            CommandLine complete = new CommandLine(new CompleteCommand());
            complete.setUnmatchedOptionsArePositionalParams(true);
            line.addSubcommand(COMPLETE, complete);
        }
    }

    private static Leaf leaf(Entry entry, Set<String> words) {
        return switch (entry) {
            case Entry.One(Leaf leaf) -> leaf;
            case Entry.Several(Group group) ->
                    new Leaf(group.name(), group.description(), () -> group.commandLine(words));
        };
    }

    /// The words of every verb, for whoever wants all of them loaded.
    static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (Entry entry : ALL) {
            switch (entry) {
                case Entry.One(Leaf leaf) -> words.add(leaf.name());
                case Entry.Several(Group group) -> {
                    words.add(group.name());
                    group.verbs().forEach(verb -> words.add(verb.name()));
                }
            }
        }
        return words;
    }
}
