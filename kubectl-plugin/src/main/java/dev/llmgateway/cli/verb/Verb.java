package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A verb that is described by annotations: it gathers facts, makes a report of them, prints it.
@Command(sortOptions = false, synopsisHeading = "Usage: ", footerHeading = "%nExamples:%n")
public abstract class Verb implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /// Does the work; anything that goes wrong is a [dev.llmgateway.cli.place.Failure].
    protected abstract ExitCode run(Session session);

    @Override
    public final Integer call() {
        Session session = Root.session(line());
        ExitCode code = run(session);
        session.out().flush();
        return code.number();
    }

    /// This command line, for wrong arguments that picocli cannot know.
    protected final CommandLine line() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("run outside a command line");
        }
        return known.commandLine();
    }
}
