package dev.llmgateway.cli.env;

import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import java.util.List;

/// `env`.
public final class EnvCommand {
    private EnvCommand() {}

    public static Group group() {
        return new Group(
                "env",
                "Proxies towards upstreams, as configured and as running: list, show, set, unset.",
                List.of(
                        Leaf.of(
                                "list",
                                "Proxies of every gateway, and of the accounts that have their own.",
                                ListCommand::new),
                        Leaf.of(
                                "show",
                                "Proxies of the gateway, or with --account of an account.",
                                ShowCommand::new),
                        Leaf.of(
                                "set",
                                "Sets proxies of the gateway, or with --account of an account",
                                SetCommand::new),
                        Leaf.of(
                                "unset",
                                "Removes proxies of the gateway, or with --account of an account.",
                                UnsetCommand::new)),
                List.of(
                        "  llm-gateway env list",
                        "  llm-gateway --dir . env set --https-proxy=http://proxy:3128"));
    }
}
