package dev.llmgateway.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `version`: the plugin's own version, one line.
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version of this plugin.")
final class VersionCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("run outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Version.TEXT);
        out.flush();
    }
}
