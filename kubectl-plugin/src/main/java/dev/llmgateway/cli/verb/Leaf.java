package dev.llmgateway.cli.verb;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A verb in a list of verbs, as help shows it.
///
/// @param description the begin of its own help
public record Leaf(String name, String description) {
    /// Adds the verb that the command line names; all of them, as names with descriptions, only
    /// where somebody will look: reading annotations and making commands would cost more than the
    /// rest of a start.
    ///
    /// @param words of the command line
    /// @param make a verb by its name and the words
    public static void addTo(
            CommandLine line,
            List<Leaf> leaves,
            Set<String> words,
            BiFunction<String, Set<String>, CommandLine> make) {
        boolean named = false;
        for (Leaf leaf : leaves) {
            named |= words.contains(leaf.name());
        }
        boolean all = !named || words.contains("-h") || words.contains("--help");
        for (Leaf leaf : leaves) {
            if (words.contains(leaf.name())) {
                line.addSubcommand(leaf.name(), make.apply(leaf.name(), words));
            } else if (all) {
                CommandSpec stub = CommandSpec.create();
                stub.usageMessage().description(leaf.description());
                line.addSubcommand(leaf.name(), stub);
            }
        }
    }

    /// `-h`, for verbs that are described without annotations.
    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }
}
