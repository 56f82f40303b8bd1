package dev.llmgateway.cli.oauth;

import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import java.util.List;
import picocli.CommandLine;

/// `oauth`.
public final class OAuthCommand {
    private static final List<Leaf> VERBS =
            List.of(
                    new Leaf("start", "Signs in to an account"),
                    new Leaf("status", "How it stands with the tokens of accounts that sign in"),
                    new Leaf("refresh", "Asks for a new token now and waits for it."),
                    new Leaf(
                            "logout",
                            "Revokes an account's tokens where its provider can, and forgets them"));

    private OAuthCommand() {}

    public static Group group() {
        return new Group(
                "oauth",
                "Sign-ins of accounts: start, status, refresh, logout.",
                VERBS,
                List.of("  llm-gateway oauth start claude", "  llm-gateway --dir . oauth status"),
                OAuthCommand::verb);
    }

    private static CommandLine verb(String name) {
        return switch (name) {
            case "start" -> new CommandLine(new StartCommand());
            case "status" -> new CommandLine(new StatusCommand());
            case "refresh" -> new CommandLine(new RefreshCommand());
            case "logout" -> new CommandLine(new LogoutCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
