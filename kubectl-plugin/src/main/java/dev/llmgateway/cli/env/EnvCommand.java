package dev.llmgateway.cli.env;

import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import java.util.List;
import picocli.CommandLine;

/// `env`.
public final class EnvCommand {
    private static final List<Leaf> VERBS =
            List.of(
                    new Leaf(
                            "list",
                            "Proxies of every gateway, and of the accounts that have their own."),
                    new Leaf("show", "Proxies of the gateway, or with --account of an account."),
                    new Leaf("set", "Sets proxies of the gateway, or with --account of an account"),
                    new Leaf(
                            "unset",
                            "Removes proxies of the gateway, or with --account of an account."));

    private EnvCommand() {}

    public static Group group() {
        return new Group(
                "env",
                "Proxies towards upstreams, as configured and as running: list, show, set, unset.",
                VERBS,
                List.of(
                        "  llm-gateway env list",
                        "  llm-gateway --dir . env set --https-proxy=http://proxy:3128"),
                EnvCommand::verb);
    }

    private static CommandLine verb(String name) {
        return switch (name) {
            case "list" -> new CommandLine(new ListCommand());
            case "show" -> new CommandLine(new ShowCommand());
            case "set" -> new CommandLine(new SetCommand());
            case "unset" -> new CommandLine(new UnsetCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
