package dev.llmgateway.cli;

import dev.llmgateway.cli.apikey.ApiKeyCommand;
import dev.llmgateway.cli.upstream.UpstreamCommand;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Every verb in the order of the help. A verb that is not named in the command line is a name with
/// a description: reading the annotations of all would cost more than the rest of the start.
final class Verbs {
    static final List<Entry> ALL =
            List.of(
                    new Entry(
                            "upstream",
                            "Upstream accounts: add, list, show, enable, disable, remove, test.",
                            UpstreamCommand::new),
                    new Entry(
                            "apikey",
                            "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke.",
                            ApiKeyCommand::new));

    private Verbs() {}

    /// @param description the first line of its own help
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
    }
}
