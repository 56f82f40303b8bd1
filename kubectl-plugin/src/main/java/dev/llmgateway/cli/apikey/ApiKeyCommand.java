package dev.llmgateway.cli.apikey;

import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.verb.Group;
import dev.llmgateway.cli.verb.Leaf;
import dev.llmgateway.cli.verb.ListVerb;
import dev.llmgateway.cli.verb.SuspensionVerb;
import java.util.List;
import picocli.CommandLine;

/// `apikey`.
public final class ApiKeyCommand {
    private static final String DISABLES =
            "Disables: new requests get 401, streams end within 5 s.";
    private static final List<Leaf> VERBS =
            List.of(
                    new Leaf("add", "Adds a key and prints it once."),
                    new Leaf("list", "Lists keys."),
                    new Leaf(
                            "show",
                            "Shows one key: spec, limits, budgets, conditions, usage, and which pods have it."),
                    new Leaf("enable", "Enables again."),
                    new Leaf("disable", DISABLES),
                    new Leaf("remove", "Removes a key"),
                    new Leaf(
                            "rotate",
                            "Makes a new key in the place of a generated one and prints it"),
                    new Leaf(
                            "revoke",
                            "Removes keys and waits until every pod has acknowledged that it refuses them"));

    private ApiKeyCommand() {}

    public static Group group() {
        return new Group(
                "apikey",
                "Keys of clients: add, list, show, enable, disable, remove, rotate, revoke.",
                VERBS,
                List.of(
                        "  llm-gateway apikey add team-a --budget=50USD/month -o key",
                        "  llm-gateway --dir . apikey list"),
                ApiKeyCommand::verb);
    }

    private static CommandLine verb(String name) {
        return switch (name) {
            case "add" -> new CommandLine(new AddCommand());
            case "list" -> ListVerb.of("apikey", Kind.KEY, "Lists keys.", KeyTable::at);
            case "show" -> new CommandLine(new ShowCommand());
            case "enable" -> SuspensionVerb.enable("apikey", Kind.KEY, "Enables again.");
            case "disable" -> SuspensionVerb.disable("apikey", Kind.KEY, DISABLES);
            case "remove" -> new CommandLine(new RemoveCommand());
            case "rotate" -> new CommandLine(new RotateCommand());
            case "revoke" -> new CommandLine(new RevokeCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }
}
