package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;

/// The member `tool_choice`, which upstreams take only together with `tools`.
final class ToolChoiceWriter {
    private static final String FIELD = "tool_choice";

    private ToolChoiceWriter() {}

    /// @throws Refusal when a call is demanded of a tool that had to be left out
    static void write(ChatRequest request, ToolsWritten tools, JsonBytes json) {
        switch (request.toolChoice()) {
            case ToolChoice.Unsaid _ -> {}
            case ToolChoice.Auto _ -> word("auto", tools, json);
            case ToolChoice.None _ -> word("none", tools, json);
            case ToolChoice.Any _ -> {
                demandOne(tools.any() || tools.search().isPresent());
                word("required", tools, json);
            }
            case ToolChoice.Named(String name) -> {
                demandOne(!tools.leftOut().contains(name));
                if (tools.any() && !tools.isSearch(name)) {
                    named(name, request, tools, json.name(FIELD));
                }
            }
            case ToolChoice.Allowed(List<String> names, boolean required) ->
                    allowed(names, required, request, tools, json);
        }
    }

    private static void demandOne(boolean there) {
        if (!there) {
            throw new Refusal(
                    FIELD,
                    FIELD
                            + " demands a tool that this upstream does not have; choose another"
                            + " tool or another model");
        }
    }

    private static void word(String word, ToolsWritten tools, JsonBytes json) {
        if (tools.any()) {
            json.member(FIELD, word);
        }
    }

    private static void named(
            String name, ChatRequest request, ToolsWritten tools, JsonBytes json) {
        boolean custom = tools.customTools() && isCustom(name, request);
        String kind = custom ? "custom" : "function";
        json.objectStart().member("type", kind).name(kind).objectStart();
        json.member("name", name).objectEnd().objectEnd();
    }

    private static boolean isCustom(String name, ChatRequest request) {
        return request.tools().stream()
                .anyMatch(tool -> tool instanceof Tool.Custom && tool.name().equals(name));
    }

    private static void allowed(
            List<String> names,
            boolean required,
            ChatRequest request,
            ToolsWritten tools,
            JsonBytes json) {
        List<String> there =
                names.stream()
                        .filter(name -> !tools.leftOut().contains(name) && !tools.isSearch(name))
                        .toList();
        if (there.isEmpty()) {
            demandOne(!required);
            word("none", tools, json);
            return;
        }
        json.name(FIELD).objectStart().member("type", "allowed_tools").name("allowed_tools");
        json.objectStart().member("mode", required ? "required" : "auto").name("tools");
        json.arrayStart();
        there.forEach(name -> named(name, request, tools, json));
        json.arrayEnd().objectEnd().objectEnd();
    }
}
