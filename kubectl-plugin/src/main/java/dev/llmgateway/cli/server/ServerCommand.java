package dev.llmgateway.cli.server;

import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import java.util.List;

/// `server`.
public final class ServerCommand {
    private ServerCommand() {}

    public static Group group() {
        return new Group(
                "server",
                "The gateway: start it on a folder, or see live facts of a running one.",
                List.of(
                        Leaf.of(
                                "start",
                                "Runs the gateway on the folder of --dir until interrupted",
                                StartCommand::new),
                        Leaf.of(
                                "status",
                                "Live facts of a gateway's processes: ready, revision, what is loaded, and problems.",
                                StatusCommand::new)),
                List.of("  llm-gateway --dir . server start", "  llm-gateway server status"));
    }
}
