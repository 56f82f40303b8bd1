package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The root of every command line. It has no action of its own: picocli asks for a verb.
public final class Root {
    private final Surroundings surroundings;
    private final Globals globals;
    private final CommandSpec spec;

    private Root(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.spec = CommandSpec.wrapWithoutInspection(this);
        this.globals = Globals.addTo(spec);
    }

    /// Without verbs.
    public static Root of(Surroundings surroundings) {
        Root root = new Root(surroundings);
        root.spec.addOption(Leaf.help());
        root.spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
        root.spec
                .usageMessage()
                .description(
                        "Accounts, keys and gateways of llm-gateway, on a cluster or with --dir on a folder.")
                .sortOptions(false)
                .synopsisHeading("Usage: ")
                .synopsisSubcommandLabel("VERB")
                .commandListHeading("%nVerbs:%n");
        return root;
    }

    public CommandSpec spec() {
        return spec;
    }

    public Globals globals() {
        return globals;
    }

    /// For a verb that is about to run.
    static Session session(CommandLine verb) {
        Root root = (Root) verb.getCommandSpec().root().userObject();
        if (!root.globals.token().isEmpty() && root.globals.dir().isPresent()) {
            throw new Failure(ExitCode.USAGE, "folderOrCluster");
        }
        return new Session(root.globals, root.surroundings, verb.getOut(), verb.getErr());
    }
}
