package dev.llmgateway.cli.upstream;

import dev.llmgateway.cli.verb.Group;
import picocli.CommandLine.Command;

/// `upstream`.
@Command(
        name = "upstream",
        description = "Upstream accounts: add, list, show, enable, disable, remove, test.",
        subcommands = {
            AddCommand.class,
            ListCommand.class,
            ShowCommand.class,
            EnableCommand.class,
            DisableCommand.class,
            RemoveCommand.class,
            TestCommand.class
        },
        footer = {
            "  llm-gateway upstream add claude --provider=Anthropic --key-stdin < key.txt",
            "  llm-gateway --dir . upstream list -o wide"
        })
public final class UpstreamCommand extends Group {}
