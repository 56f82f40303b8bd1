package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The root command. It has no action of its own: picocli asks for a verb.
@Command(
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description =
                "Accounts, keys and gateways of llm-gateway, on a cluster or with --dir on a folder.",
        sortOptions = false)
public final class Root {
    @Mixin private Globals globals = new Globals();

    private final Surroundings surroundings;

    public Root(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public Globals globals() {
        return globals;
    }

    Session session(PrintWriter out, PrintWriter err) {
        if (!globals.token().isEmpty() && globals.dir().isPresent()) {
            throw new Failure(ExitCode.USAGE, "folderOrCluster");
        }
        return new Session(globals, surroundings, out, err);
    }

    public Surroundings surroundings() {
        return surroundings;
    }
}
