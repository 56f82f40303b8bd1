package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// What a model may call, and whether it is to.
final class ToolsReader {
    private final BodyReader body;
    private final JsonCursor json;
    private List<Tool> tools = List.of();
    private List<Tool> functions = List.of();
    private List<Tool> search = List.of();
    private ToolChoice choice = new ToolChoice.Unsaid();
    private ToolChoice functionChoice = new ToolChoice.Unsaid();
    private boolean parallel = true;
    private boolean single;

    ToolsReader(BodyReader body) {
        this.body = body;
        this.json = body.json();
    }

    /// @return whether the member is about tools; its value was read then
    boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "tools" -> tools = list(field, false);
            case "functions" -> functions = list(field, true);
            case "web_search_options" -> search = search(field);
            case "tool_choice" -> {
                ChoiceReader reader = new ChoiceReader(body, field);
                choice = reader.read();
                single = reader.single();
            }
            case "function_call" -> functionChoice = new ChoiceReader(body, field).read();
            case "parallel_tool_calls" -> parallel = body.flag(field, true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Tool> list(FieldPath field, boolean legacy) {
        List<Tool> list = new ArrayList<>();
        if (body.list(field)) {
            for (int i = 0; json.element(); i++) {
                ToolReader reader = new ToolReader(body, field.element(i));
                list.add(legacy ? reader.function() : reader.read());
            }
        }
        return list;
    }

    private List<Tool> search(FieldPath field) {
        if (json.isNull()) {
            json.skip();
            return List.of();
        }
        return List.of(new SearchReader(body).options(field));
    }

    List<Tool> tools() {
        List<Tool> all = new ArrayList<>(tools);
        all.addAll(functions);
        all.addAll(search);
        return all;
    }

    ToolChoice choice() {
        return choice instanceof ToolChoice.Unsaid ? functionChoice : choice;
    }

    boolean parallel() {
        return parallel && !single;
    }
}
