package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.FreeText;
import dev.llmgateway.runtime.dialect.translation.RootSchema;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The members `tools`, `tool_choice`, `parallel_tool_calls` and `web_search_options`.
final class ToolsWriter {
    private final ChatRequest request;
    private final RequestOutput to;
    private final JsonBytes json;
    private final Set<String> leftOut = new HashSet<>();
    private Optional<Tool.WebSearch> search = Optional.empty();

    private ToolsWriter(ChatRequest request, RequestOutput to) {
        this.request = request;
        this.to = to;
        this.json = to.json();
    }

    static void write(ChatRequest request, RequestOutput to) {
        if (!request.tools().isEmpty()) {
            new ToolsWriter(request, to).write();
        } else if (request.toolChoice() instanceof ToolChoice.Any
                || request.toolChoice() instanceof ToolChoice.Named) {
            to.notes().lost("tool_choice", "there are no tools");
        }
    }

    private void write() {
        int start = json.length();
        json.name("tools").arrayStart();
        int none = json.length();
        List<Tool> tools = request.tools();
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools[" + i + "]");
        }
        boolean any = json.length() > none;
        if (any) {
            json.arrayEnd();
        } else {
            json.cut(start);
        }
        search.ifPresent(this::searchOptions);
        ToolChoiceWriter.write(
                request, new ToolsWritten(any, search, leftOut, takesCustom(to.target())), json);
        if (any && !request.parallelToolCalls()) {
            json.member("parallel_tool_calls", false);
        }
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
                                    () -> leaveOut(name, field, FieldName.of(type)));
        }
    }

    private void leaveOut(String name, String field, String what) {
        leftOut.add(name);
        to.notes().lost(field, what + " is not available on this upstream");
    }

    private void function(Tool.Function function) {
        json.objectStart().member("type", "function").name("function").objectStart();
        json.member("name", function.name());
        FunctionMembers.description(function, to);
        RootSchema.writeComplete(function.schema(), json.name("parameters"));
        if (FunctionMembers.strict(function, request.source())) {
            json.member("strict", true);
        }
        json.objectEnd().objectEnd();
    }

    private void custom(Tool.Custom custom) {
        boolean known = takesCustom(to.target());
        String kind = known ? "custom" : "function";
        json.objectStart().member("type", kind).name(kind).objectStart();
        json.member("name", custom.name());
        if (!custom.description().isEmpty()) {
            json.member("description", custom.description());
        }
        FreeText text = FreeText.of(custom.format());
        if (known) {
            text.format(true, json);
        } else {
            text.schema(json.name("parameters"));
        }
        json.objectEnd().objectEnd();
    }

    /// OpenAI's own models know tools that take free text, compatible servers only functions.
    static boolean takesCustom(Target target) {
        return target.openAiVendor();
    }

    private void builtIn(String name, BuiltInTool tool) {
        json.objectStart().member("type", "function").name("function").objectStart();
        json.member("name", name).member("description", tool.description());
        json.name("parameters").json(tool.schema()).objectEnd().objectEnd();
    }

    private void webSearch(Tool.WebSearch web, String field) {
        if (!to.target().entry().search()) {
            leaveOut(web.name(), field, "web_search");
            return;
        }
        search = Optional.of(web);
        lostIfSaid(web.allowedDomains(), field + ".allowed_domains");
        lostIfSaid(web.blockedDomains(), field + ".blocked_domains");
        lostIfSaid(web.maxUses(), field + ".max_uses");
    }

    private void lostIfSaid(Slice value, String field) {
        if (isSaid(value)) {
            to.notes().lost(field, "Chat's web search has no such setting");
        }
    }

    private static boolean isSaid(Slice value) {
        return !value.isEmpty() && !value.is("null");
    }

    private void searchOptions(Tool.WebSearch web) {
        json.name("web_search_options").objectStart();
        if (isSaid(web.userLocation())) {
            json.name("user_location").objectStart().member("type", "approximate");
            json.name("approximate").objectStart();
            JsonCursor location = JsonCursor.of(web.userLocation());
            if (location.object()) {
                while (location.member()) {
                    place(location);
                }
            }
            json.objectEnd().objectEnd();
        }
        json.objectEnd();
    }

    private void place(JsonCursor location) {
        switch (location.key()) {
            case "city" -> json.name("city").json(location.value());
            case "country" -> json.name("country").json(location.value());
            case "region" -> json.name("region").json(location.value());
            case "timezone" -> json.name("timezone").json(location.value());
            default -> location.skip();
        }
    }
}
