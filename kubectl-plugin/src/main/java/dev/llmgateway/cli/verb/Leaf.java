package dev.llmgateway.cli.verb;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A verb in a list of verbs. One that is not named in the command line is a name with a
/// description: reading the annotations of all would cost more than the rest of the start.
///
/// @param description the begin of its own help
/// @param command makes the verb; called only where it is named
public record Leaf(String name, String description, Supplier<CommandLine> command) {
    /// A verb that is described by annotations.
    public static Leaf of(String name, String description, Supplier<Object> annotated) {
        return new Leaf(name, description, () -> new CommandLine(annotated.get()));
    }

    /// @param words of the command line
    public static void addTo(CommandLine line, List<Leaf> leaves, Set<String> words) {
        for (Leaf leaf : leaves) {
            if (words.contains(leaf.name())) {
                line.addSubcommand(leaf.name(), leaf.command().get());
            } else {
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
