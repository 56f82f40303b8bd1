package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.verb.Group;
import picocli.CommandLine.Command;

/// `apikey`.
@Command(
        name = "apikey",
        description = "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke.",
        subcommands = {
            AddCommand.class,
            ListCommand.class,
            ShowCommand.class,
            EnableCommand.class,
            DisableCommand.class,
            RemoveCommand.class,
            RotateCommand.class,
            RevokeCommand.class
        },
        footer = {
            "  llm-gateway apikey add team-a --budget=50USD/month -o key",
            "  llm-gateway --dir . apikey list"
        })
public final class ApiKeyCommand extends Group {}
