package dev.llmgateway.cli.env;

import dev.llmgateway.cli.verb.Group;
import picocli.CommandLine.Command;

/// `env`.
@Command(
        name = "env",
        description =
                "Proxies towards upstreams, as configured and as running: list, show, set, unset.",
        subcommands = {ListCommand.class, ShowCommand.class, SetCommand.class, UnsetCommand.class},
        footer = {
            "  llm-gateway env list",
            "  llm-gateway --dir . env set --https-proxy=http://proxy:3128"
        })
public final class EnvCommand extends Group {}
