package dev.llmgateway.cli.server;

import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import java.util.List;
import picocli.CommandLine;

/// `server`.
public final class ServerCommand {
    private static final List<Leaf> VERBS =
            List.of(
                    new Leaf("start", "Runs the gateway on the folder of --dir until interrupted"),
                    new Leaf(
                            "status",
                            "Live facts of a gateway's processes: ready, revision, what is loaded, and problems."));

    private ServerCommand() {}

    public static Group group() {
        return new Group(
                "server",
                "The gateway: start it on a folder, or see live facts of a running one.",
                VERBS,
                List.of("  llm-gateway --dir . server start", "  llm-gateway server status"),
                ServerCommand::verb);
    }

    private static CommandLine verb(String name) {
        return switch (name) {
            case "start" -> new CommandLine(new StartCommand());
            case "status" -> new CommandLine(new StatusCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
