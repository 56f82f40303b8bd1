package dev.llmgateway.cli.upstream;

import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.verb.ListVerb;
import dev.llmgateway.cli.verb.SuspensionVerb;
import java.util.List;
import picocli.CommandLine;

/// `upstream`.
public final class UpstreamCommand {
    private static final String DISABLES = "Disables: no new requests, running streams finish.";
    private static final List<Leaf> VERBS =
            List.of(
                    new Leaf("add", "Adds an account: its Secret and its UpstreamAccount."),
                    new Leaf("list", "Lists accounts."),
                    new Leaf(
                            "show",
                            "Shows one account: spec, conditions, health, usage, and which pods have it."),
                    new Leaf("enable", "Enables again."),
                    new Leaf("disable", DISABLES),
                    new Leaf(
                            "remove",
                            "Removes an account, and the Secret that `upstream add` made for it."),
                    new Leaf(
                            "test",
                            "One tiny real call through the gateway, pinned to this account"));

    private UpstreamCommand() {}

    public static Group group() {
        return new Group(
                "upstream",
                "Upstream accounts: add, list, show, enable, disable, remove, test.",
                VERBS,
                List.of(
                        "  llm-gateway upstream add claude --provider=Anthropic --key-stdin < key.txt",
                        "  llm-gateway --dir . upstream list -o wide"),
                UpstreamCommand::verb);
    }

    private static CommandLine verb(String name) {
        return switch (name) {
            case "add" -> new CommandLine(new AddCommand());
            case "list" ->
                    ListVerb.of("upstream", Kind.ACCOUNT, "Lists accounts.", AccountTable::at);
            case "show" -> new CommandLine(new ShowCommand());
            case "enable" -> SuspensionVerb.enable("upstream", Kind.ACCOUNT, "Enables again.");
            case "disable" -> SuspensionVerb.disable("upstream", Kind.ACCOUNT, DISABLES);
            case "remove" -> new CommandLine(new RemoveCommand());
            case "test" -> new CommandLine(new TestCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
