package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.verb.ListVerb;
import java.util.List;

/// `apikey`.
public final class ApiKeyCommand {
    private static final List<Leaf> VERBS =
            List.of(
                    Leaf.of("add", "Adds a key and prints it once.", AddCommand::new),
                    new Leaf(
                            "list",
                            "Lists keys.",
                            () -> ListVerb.of("apikey", Kind.KEY, "Lists keys.", KeyTable::at)),
                    Leaf.of(
                            "show",
                            "Shows one key: spec, limits, budgets, conditions, usage, and which pods have it.",
                            ShowCommand::new),
                    Leaf.of("enable", "Enables again.", EnableCommand::new),
                    Leaf.of(
                            "disable",
                            "Disables: new requests get 401, streams end within 5 s.",
                            DisableCommand::new),
                    Leaf.of("remove", "Removes a key", RemoveCommand::new),
                    Leaf.of(
                            "rotate",
                            "Makes a new key in the place of a generated one and prints it",
                            RotateCommand::new),
                    Leaf.of(
                            "revoke",
                            "Removes keys and waits until every pod has acknowledged that it refuses them",
                            RevokeCommand::new));

    private ApiKeyCommand() {}

    public static Group group() {
        return new Group(
                "apikey",
                "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke.",
                VERBS,
                List.of(
                        "  llm-gateway apikey add team-a --budget=50USD/month -o key",
                        "  llm-gateway --dir . apikey list"));
    }
}
