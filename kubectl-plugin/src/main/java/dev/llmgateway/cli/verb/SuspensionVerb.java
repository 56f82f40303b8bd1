package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `enable` and `disable`, of accounts and of keys.
public final class SuspensionVerb extends Verb {
    private final Kind kind;
    private final boolean suspended;

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Mixin private ChangeOptions changes = new ChangeOptions();
    @Mixin private WaitOptions waiting = new WaitOptions();

    private SuspensionVerb(Kind kind, boolean suspended) {
        this.kind = kind;
        this.suspended = suspended;
    }

    /// @param group `upstream` or `apikey`, for the examples
    public static CommandLine enable(String group, Kind kind, String description) {
        return of(group, "enable", description, new SuspensionVerb(kind, false));
    }

    /// @param group `upstream` or `apikey`, for the examples
    public static CommandLine disable(String group, Kind kind, String description) {
        return of(group, "disable", description, new SuspensionVerb(kind, true));
    }

    private static CommandLine of(
            String group, String word, String description, SuspensionVerb verb) {
        CommandLine line = new CommandLine(verb);
        String example = group + " " + word + " NAME";
        line.getCommandSpec()
                .name(word)
                .usageMessage()
                .description(description)
                .footer("  llm-gateway " + example, "  llm-gateway --dir . " + example);
        return line;
    }

    @Override
    protected ExitCode run(Session session) {
        return Suspension.set(session, kind, name, suspended, changes, waiting);
    }
}
