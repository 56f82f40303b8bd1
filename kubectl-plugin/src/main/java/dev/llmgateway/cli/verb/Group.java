package dev.llmgateway.cli.verb;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// A verb of verbs, such as `upstream`; without one of them it is wrong use.
///
/// @param examples two lines of its help
/// @param make a verb by its name
public record Group(
        String name,
        String description,
        List<Leaf> verbs,
        List<String> examples,
        Function<String, CommandLine> make) {
    public Group {
        verbs = List.copyOf(verbs);
        examples = List.copyOf(examples);
    }

    /// @param words of the command line
    public CommandLine commandLine(Set<String> words) {
        CommandSpec spec = CommandSpec.create();
        spec.name(name);
        spec.addOption(Leaf.help());
        spec.usageMessage()
                .description(description)
                .synopsisHeading("Usage: ")
                .synopsisSubcommandLabel("VERB")
                .footerHeading("%nExamples:%n")
                .footer(examples.toArray(String[]::new));
        CommandLine line = new CommandLine(spec);
        Leaf.addTo(line, verbs, words, (verb, _) -> make.apply(verb));
        return line;
    }
}
