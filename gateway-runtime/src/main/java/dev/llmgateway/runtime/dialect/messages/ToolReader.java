package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// `tools` and `tool_choice`.
final class ToolReader {
    private final Reading reading;

    ToolReader(Reading reading) {
        this.reading = reading;
    }

    List<Tool> tools(JsonCursor json) {
        int here = reading.path().into("tools");
        List<Tool> tools = new ArrayList<>();
        if (json.kind() == JsonKind.Array) {
            json.array();
            while (json.element()) {
                int element = reading.path().into(tools.size());
                tools.add(tool(Members.of(json, reading)));
                reading.path().back(element);
            }
        } else if (json.isNull()) {
            json.skip();
        } else {
            throw reading.path().refusal("must be a list");
        }
        reading.path().back(here);
        return tools;
    }

    private Tool tool(Members tool) {
        String type = tool.text("type");
        if (type.isEmpty() || type.equals("custom")) {
            return function(tool);
        } else if (type.equals("function")) {
            throw reading.path().refusal("type", "function is a tool of Chat Completions");
        } else if (type.startsWith("web_search_")) {
            return webSearch(tool);
        }
        return new Tool.Typed(type, tool.text("name"), tool.whole());
    }

    /// Deferred tools are offered at once, and whoever may call them: other formats know neither.
    private Tool function(Members tool) {
        tool.drop("defer_loading", "eager_input_streaming", "allowed_callers");
        Tool function =
                new Tool.Function(
                        tool.needed("name"),
                        tool.string("description"),
                        tool.value("input_schema"),
                        tool.isTrue("strict"),
                        tool.value("input_examples"),
                        CacheControl.of(tool, reading));
        tool.noteRest();
        return function;
    }

    private Tool webSearch(Members tool) {
        tool.drop("cache_control", "defer_loading", "allowed_callers", "strict");
        Tool search =
                new Tool.WebSearch(
                        tool.needed("name"),
                        tool.value("allowed_domains"),
                        tool.value("blocked_domains"),
                        tool.value("user_location"),
                        tool.value("max_uses"));
        tool.noteRest();
        return search;
    }

    /// @param parallel whether several calls a turn are allowed
    record Choice(ToolChoice choice, boolean parallel) {}

    Choice choice(Members request) {
        int here = reading.path().into("tool_choice");
        Members said = request.object("tool_choice");
        Choice choice =
                said.isEmpty()
                        ? new Choice(new ToolChoice.Unsaid(), true)
                        : choice(said, said.needed("type"));
        said.noteRest();
        reading.path().back(here);
        return choice;
    }

    private Choice choice(Members said, String type) {
        ToolChoice choice =
                switch (type) {
                    case "auto" -> new ToolChoice.Auto();
                    case "any" -> new ToolChoice.Any();
                    case "none" -> new ToolChoice.None();
                    case "tool" -> new ToolChoice.Named(said.needed("name"));
                    default ->
                            throw reading.path().refusal("type", "must be auto, any, tool or none");
                };
        return new Choice(choice, !said.isTrue("disable_parallel_tool_use"));
    }
}
