package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BuiltInTool;
import dev.llmgateway.runtime.dialect.chat.FunctionMembers;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.FreeText;
import dev.llmgateway.runtime.dialect.translation.RootSchema;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The members `tools`, `tool_choice` and `parallel_tool_calls`.
final class ToolsWriter {
    private final ChatRequest request;
    private final RequestOutput to;
    private final JsonBytes json;

    /// Types of the tools that were written, by their names.
    private final Map<String, String> written = new HashMap<>();

    ToolsWriter(ChatRequest request, RequestOutput to) {
        this.request = request;
        this.to = to;
        this.json = to.json();
    }

    void write() {
        int start = json.length();
        json.name("tools").arrayStart();
        List<Tool> tools = request.tools();
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools[" + i + "]");
        }
        if (!written.isEmpty()) {
            json.arrayEnd();
        } else {
            json.cut(start);
        }
        if (request.tools().isEmpty() && isForced()) {
            to.notes().lost("tool_choice", "there are no tools");
        } else {
            ChoiceWriter.write(request.toolChoice(), written, json);
        }
        if (!written.isEmpty() && !request.parallelToolCalls()) {
            json.member("parallel_tool_calls", false);
        }
    }

    private boolean isForced() {
        return request.toolChoice() instanceof ToolChoice.Any
                || request.toolChoice() instanceof ToolChoice.Named;
    }

    private void tool(Tool tool, String field) {
        switch (tool) {
            case Tool.Function function -> function(function);
            case Tool.Custom custom -> custom(custom);
            case Tool.WebSearch web -> webSearch(web, field);
            case Tool.Typed(String type, String name, _) ->
                    BuiltInTool.of(type)
                            .ifPresentOrElse(
                                    known -> builtIn(name, known),
                                    () ->
                                            to.notes()
                                                    .lost(
                                                            field,
                                                            FieldName.of(type)
                                                                    + " is not available on this"
                                                                    + " upstream"));
        }
    }

    private JsonBytes start(String type, String name) {
        written.put(name, type);
        return json.objectStart().member("type", type).member("name", name);
    }

    /// Strict is what OpenAI takes for granted here, so that it is always said.
    private void function(Tool.Function function) {
        start("function", function.name());
        FunctionMembers.description(function, to);
        RootSchema.writeComplete(function.schema(), json.name("parameters"));
        json.member("strict", FunctionMembers.strict(function, request.source())).objectEnd();
    }

    private void custom(Tool.Custom custom) {
        start("custom", custom.name());
        if (!custom.description().isEmpty()) {
            json.member("description", custom.description());
        }
        FreeText.of(custom.format()).format(false, json);
        json.objectEnd();
    }

    private void builtIn(String name, BuiltInTool tool) {
        start("function", name).member("description", tool.description());
        json.name("parameters").json(tool.schema()).member("strict", false).objectEnd();
    }

    private void webSearch(Tool.WebSearch web, String field) {
        written.put(web.name(), "web_search");
        json.objectStart().member("type", "web_search");
        if (isSaid(web.allowedDomains())) {
            json.name("filters").objectStart();
            json.name("allowed_domains").json(web.allowedDomains()).objectEnd();
        }
        if (isSaid(web.userLocation())) {
            json.name("user_location").json(web.userLocation());
        }
        json.objectEnd();
        lostIfSaid(web.blockedDomains(), field + ".blocked_domains");
        lostIfSaid(web.maxUses(), field + ".max_uses");
    }

    private void lostIfSaid(Slice value, String field) {
        if (isSaid(value)) {
            to.notes().lost(field, "OpenAI's web search has no such setting");
        }
    }

    private static boolean isSaid(Slice value) {
        return !value.isEmpty() && !value.is("null");
    }
}
