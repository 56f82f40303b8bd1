package dev.llmgateway.cli.upstream;

import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.verb.ListVerb;
import java.util.List;

/// `upstream`.
public final class UpstreamCommand {
    private static final List<Leaf> VERBS =
            List.of(
                    Leaf.of(
                            "add",
                            "Adds an account: its Secret and its UpstreamAccount.",
                            AddCommand::new),
                    new Leaf(
                            "list",
                            "Lists accounts.",
                            () ->
                                    ListVerb.of(
                                            "upstream",
                                            Kind.ACCOUNT,
                                            "Lists accounts.",
                                            AccountTable::at)),
                    Leaf.of(
                            "show",
                            "Shows one account: spec, conditions, health, usage, and which pods have it.",
                            ShowCommand::new),
                    Leaf.of("enable", "Enables again.", EnableCommand::new),
                    Leaf.of(
                            "disable",
                            "Disables: no new requests, running streams finish.",
                            DisableCommand::new),
                    Leaf.of(
                            "remove",
                            "Removes an account, and the Secret that `upstream add` made for it.",
                            RemoveCommand::new),
                    Leaf.of(
                            "test",
                            "One tiny real call through the gateway, pinned to this account",
                            TestCommand::new));

    private UpstreamCommand() {}

    public static Group group() {
        return new Group(
                "upstream",
                "Upstream accounts: add, list, show, enable, disable, remove, test.",
                VERBS,
                List.of(
                        "  llm-gateway upstream add claude --provider=Anthropic --key-stdin < key.txt",
                        "  llm-gateway --dir . upstream list -o wide"));
    }
}
