package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// `tool_choice` in the forms of all three formats, and `function_call` of the time before tools.
final class ChoiceReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String type = "";
    private String name = "";
    private String mode = "auto";
    private final List<String> names = new ArrayList<>(0);
    private boolean single;

    ChoiceReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    /// Anthropic's `disable_parallel_tool_use` stood in it.
    boolean single() {
        return single;
    }

    ToolChoice read() {
        return switch (json.kind()) {
            case Null -> {
                json.skip();
                yield new ToolChoice.Unsaid();
            }
            case String -> plain(json.text());
            case Object -> object();
            case Array, Number, True, False ->
                    throw BodyReader.refusal(field, "must be a string or an object");
        };
    }

    private ToolChoice plain(String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Any();
            default -> throw BodyReader.refusal(field, "must be auto, none, required or an object");
        };
    }

    private ToolChoice object() {
        members(field);
        return switch (type) {
            case "", "function", "custom", "tool" -> named();
            case "allowed_tools" -> allowed();
            case "auto", "none", "any", "required" -> plain(type);
            default -> throw BodyReader.refusal(field.member("type"), "is not known");
        };
    }

    private void members(FieldPath owner) {
        if (!body.object(owner)) {
            return;
        }
        while (json.member()) {
            String member = json.key();
            FieldPath here = owner.member(member);
            switch (member) {
                case "type" -> type = body.text(here);
                case "name" -> name = body.text(here);
                case "mode" -> mode = body.text(here);
                case "tools" -> tools(here);
                case "function", "custom", "allowed_tools" -> members(here);
                case "disable_parallel_tool_use" -> single = body.flag(here, false);
                default -> body.unknown(owner);
            }
        }
    }

    private void tools(FieldPath owner) {
        if (!body.list(owner)) {
            return;
        }
        for (int i = 0; json.element(); i++) {
            ChoiceReader tool = new ChoiceReader(body, owner.element(i));
            tool.members(owner.element(i));
            if (tool.name.isEmpty()) {
                throw BodyReader.refusal(owner.element(i), "must name a tool");
            }
            names.add(tool.name);
        }
    }

    private ToolChoice named() {
        if (name.isEmpty()) {
            throw BodyReader.refusal(field, "must name a tool");
        }
        return new ToolChoice.Named(name);
    }

    private ToolChoice allowed() {
        if (names.isEmpty()) {
            throw BodyReader.refusal(field.member("allowed_tools"), "must list at least one tool");
        }
        return switch (mode) {
            case "auto" -> new ToolChoice.Allowed(names, false);
            case "required" -> new ToolChoice.Allowed(names, true);
            default -> throw BodyReader.refusal(field.member("mode"), "must be auto or required");
        };
    }
}
