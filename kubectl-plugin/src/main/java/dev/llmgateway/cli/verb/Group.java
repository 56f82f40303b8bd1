package dev.llmgateway.cli.verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A verb of verbs, such as `upstream`; without one of them it is wrong use.
@Command(
        synopsisHeading = "Usage: ",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n")
public abstract class Group {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
