package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// `tool_choice`.
final class ChoiceReader {
    private static final String MUST =
            "must be auto, none, required, a function, a custom tool, web_search or allowed_tools";

    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String type = "";
    private String name = "";
    private String namespace = "";
    private String mode = "auto";
    private final List<String> names = new ArrayList<>(0);

    ChoiceReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    ToolChoice read() {
        return switch (json.kind()) {
            case Null -> {
                json.skip();
                yield new ToolChoice.Unsaid();
            }
            case String -> plain(json.text());
            case Object -> object();
            case Array, Number, True, False -> throw BodyReader.refusal(field, MUST);
        };
    }

    private ToolChoice plain(String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Any();
            default -> throw BodyReader.refusal(field, MUST);
        };
    }

    private ToolChoice object() {
        members();
        if (!type.equals("allowed_tools")) {
            return new ToolChoice.Named(chosen());
        }
        if (names.isEmpty()) {
            throw BodyReader.refusal(field.member("tools"), "must list at least one tool");
        }
        return switch (mode) {
            case "auto" -> new ToolChoice.Allowed(names, false);
            case "required" -> new ToolChoice.Allowed(names, true);
            default -> throw BodyReader.refusal(field.member("mode"), "must be auto or required");
        };
    }

    private void members() {
        body.object(field);
        while (json.member()) {
            String member = json.key();
            FieldPath here = field.member(member);
            switch (member) {
                case "type" -> type = body.text(here);
                case "name" -> name = body.text(here);
                case "namespace" -> namespace = body.text(here);
                case "mode" -> mode = body.text(here);
                case "tools" -> tools(here);
                default -> body.unknown(field);
            }
        }
    }

    private void tools(FieldPath owner) {
        if (body.list(owner)) {
            for (int i = 0; json.element(); i++) {
                ChoiceReader tool = new ChoiceReader(body, owner.element(i));
                tool.members();
                names.add(tool.chosen());
            }
        }
    }

    /// Name in the hub of the one tool that was chosen.
    private String chosen() {
        boolean named = type.equals("function") || type.equals("custom");
        if (named && name.isEmpty()) {
            throw BodyReader.refusal(field, "must name a tool");
        }
        if (named) {
            return DeclaredTool.flat(namespace, name);
        }
        if (type.startsWith("web_search")) {
            return "web_search";
        }
        if (LocalTool.declared(type).isPresent()) {
            return type;
        }
        throw BodyReader.refusal(
                field.member("type"), "is a tool that only OpenAI runs, which is not translated");
    }
}
