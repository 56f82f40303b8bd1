package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes `tools` and `tool_choice`.
final class ToolsWriter {
    /// Tools with a strict schema in one request, at Anthropic.
    private static final int MOST_STRICT = 20;

    private static final Pattern DATED = Pattern.compile("_20\\d{6}$");

    private final Draft draft;
    private final JsonBytes out;
    private final ToolSchemaWriter schemas;

    ToolsWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
        this.schemas = new ToolSchemaWriter(out);
    }

    void write() {
        List<Tool> offered = offered();
        if (offered.isEmpty()) {
            noteChoiceWithoutTools();
            return;
        }
        boolean strict = mayBeStrict(offered);
        out.name("tools").arrayStart();
        for (Tool tool : offered) {
            switch (tool) {
                case Tool.Function function -> function(function, strict);
                case Tool.Custom custom -> custom(custom);
                case Tool.WebSearch search -> webSearch(search);
                case Tool.Typed(_, _, Slice json) -> out.json(json);
            }
        }
        out.arrayEnd();
        choice();
    }

    /// The tools that have a place upstream and that the choice allows.
    private List<Tool> offered() {
        List<Tool> offered = new ArrayList<>();
        List<Tool> tools = draft.request().tools();
        for (int i = 0; i < tools.size(); i++) {
            Tool tool = tools.get(i);
            if (tool instanceof Tool.Typed typed && !isKnown(typed)) {
                draft.notes().lost("tools[" + i + "]", "a tool of an unknown type");
            } else if (!(draft.request().toolChoice() instanceof ToolChoice.Allowed(var names, _))
                    || names.contains(tool.name())) {
                offered.add(tool);
            }
        }
        return offered;
    }

    /// Anthropic's own have a date in their type; Chat clients set them too.
    private boolean isKnown(Tool.Typed tool) {
        return draft.request().source() == WireFormat.Messages || DATED.matcher(tool.type()).find();
    }

    private void noteChoiceWithoutTools() {
        switch (draft.request().toolChoice()) {
            case ToolChoice.Any _, ToolChoice.Named _, ToolChoice.Allowed _ ->
                    draft.notes().lost("tool_choice", "no tool is left to choose");
            case ToolChoice.Unsaid _, ToolChoice.Auto _, ToolChoice.None _ -> {
                // Says what is so anyway.
            }
        }
    }

    private boolean mayBeStrict(List<Tool> offered) {
        return draft.target().entry().structuredOutputs()
                && offered.stream().filter(ToolsWriter::isStrict).count() <= MOST_STRICT;
    }

    private static boolean isStrict(Tool tool) {
        return tool instanceof Tool.Function function && function.strict();
    }

    private void function(Tool.Function tool, boolean mayBeStrict) {
        start(tool.name(), tool.description());
        boolean wrapped = draft.wrapped().contains(tool.name());
        if (mayBeStrict && tool.strict() && schemas.strict(tool.schema(), wrapped)) {
            out.member("strict", true);
        } else {
            schemas.plain(tool.schema(), wrapped);
        }
        if (!tool.examples().isEmpty()) {
            out.name("input_examples").json(tool.examples());
        }
        draft.marks().block(tool.cache(), out);
        out.objectEnd();
    }

    private void custom(Tool.Custom tool) {
        start(tool.name(), tool.description());
        schemas.freeText(tool.format());
        out.objectEnd();
    }

    private void start(String name, Slice description) {
        out.objectStart().member("name", name);
        if (!description.isEmpty()) {
            out.member("description", description);
        }
    }

    private void webSearch(Tool.WebSearch search) {
        out.objectStart().member("type", "web_search_20250305").member("name", "web_search");
        json("allowed_domains", search.allowedDomains());
        json("blocked_domains", search.blockedDomains());
        json("user_location", search.userLocation());
        json("max_uses", search.maxUses());
        out.objectEnd();
    }

    private void json(String name, Slice value) {
        if (!value.isEmpty()) {
            out.name(name).json(value);
        }
    }

    private void choice() {
        boolean oneCall = !draft.request().parallelToolCalls();
        switch (draft.request().toolChoice()) {
            case ToolChoice.Unsaid _ -> {
                if (oneCall) {
                    choice("auto", "", true);
                }
            }
            case ToolChoice.Auto _ -> choice("auto", "", oneCall);
            case ToolChoice.None _ -> choice("none", "", false);
            case ToolChoice.Any _ -> choice("any", "", oneCall);
            case ToolChoice.Named(String name) -> choice("tool", upstreamName(name), oneCall);
            case ToolChoice.Allowed(_, boolean required) ->
                    choice(required ? "any" : "auto", "", oneCall);
        }
    }

    /// A search is called so at Anthropic, whatever the client calls it.
    private String upstreamName(String name) {
        boolean search =
                draft.request().tools().stream()
                        .anyMatch(tool ->
                                tool instanceof Tool.WebSearch web && web.name().equals(name));
        return search ? "web_search" : name;
    }

    private void choice(String type, String name, boolean oneCall) {
        out.name("tool_choice").objectStart().member("type", type);
        if (!name.isEmpty()) {
            out.member("name", name);
        }
        if (oneCall) {
            out.member("disable_parallel_tool_use", true);
        }
        out.objectEnd();
    }
}
