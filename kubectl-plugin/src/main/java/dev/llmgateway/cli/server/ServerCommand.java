package dev.llmgateway.cli.server;

import dev.llmgateway.cli.verb.Group;
import picocli.CommandLine.Command;

/// `server`.
@Command(
        name = "server",
        description = "The gateway: start it on a folder, or see live facts of a running one.",
        subcommands = {StartCommand.class, StatusCommand.class},
        footer = {"  llm-gateway --dir . server start", "  llm-gateway server status"})
public final class ServerCommand extends Group {}
