package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Names of tools and ids of calls as all formats take them (translation.md 2.7): what is legal
/// stays, the rest gets an alias that depends on nothing but the request.
public final class ToolNames {
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();
    private final boolean oddIds;

    private ToolNames(ChatRequest request) {
        Set<String> names = new LinkedHashSet<>();
        for (Tool tool : request.tools()) {
            names.add(tool.name());
        }
        choose(request.toolChoice(), names);
        boolean odd = false;
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call) {
                    names.add(call.name());
                    odd |= !ToolAlias.isLegal(call.id());
                } else if (part instanceof Part.ToolResult result) {
                    odd |= !ToolAlias.isLegal(result.id());
                }
            }
        }
        this.oddIds = odd;
        // The one tool without a name is a set of them.
        names.remove("");
        alias(names);
    }

    public static ToolNames of(ChatRequest request) {
        return new ToolNames(request);
    }

    private static void choose(ToolChoice choice, Set<String> names) {
        switch (choice) {
            case ToolChoice.Named(String name) -> names.add(name);
            case ToolChoice.Allowed(List<String> allowed, boolean _) -> names.addAll(allowed);
            case ToolChoice.Unsaid(), ToolChoice.Auto(), ToolChoice.None(), ToolChoice.Any() -> {}
        }
    }

    /// Two names that would be one get their hash, whichever comes first.
    private void alias(Set<String> names) {
        Map<String, Integer> wanted = new HashMap<>();
        Set<String> used = new LinkedHashSet<>();
        for (String name : names) {
            if (ToolAlias.isLegal(name)) {
                used.add(name);
            } else {
                wanted.merge(ToolAlias.plain(name), 1, Integer::sum);
            }
        }
        for (String name : names) {
            if (ToolAlias.isLegal(name)) {
                continue;
            }
            String alias = ToolAlias.plain(name);
            if (wanted.getOrDefault(alias, 0) > 1 || used.contains(alias)) {
                alias = ToolAlias.hashed(name, name);
            }
            for (int i = 0; !used.add(alias); i++) {
                alias = ToolAlias.hashed(name, name + i);
            }
            aliases.put(name, alias);
            originals.put(alias, name);
        }
    }

    /// Whether names and ids are all legal.
    public boolean changesNothing() {
        return aliases.isEmpty() && !oddIds;
    }

    /// Name that the client knows a tool by.
    public String original(String alias) {
        return originals.getOrDefault(alias, alias);
    }

    /// The request, or another state of it, with aliases in its tools, its choice and its history.
    public ChatRequest applied(ChatRequest to) {
        if (changesNothing()) {
            return to;
        }
        List<Turn> turns = new ArrayList<>();
        for (Turn turn : to.turns()) {
            turns.add(new Turn(turn.role(), turn.parts().stream().map(this::part).toList()));
        }
        return new ChatRequest(
                to.source(),
                to.model(),
                to.stream(),
                to.includeUsage(),
                to.system(),
                turns,
                to.tools().stream().map(this::tool).toList(),
                choice(to.toolChoice()),
                to.parallelToolCalls(),
                to.sampling(),
                to.output(),
                to.reasoning(),
                to.user(),
                to.sessionKey(),
                to.serviceTier(),
                to.cache(),
                to.extras());
    }

    private String alias(String name) {
        return aliases.getOrDefault(name, name);
    }

    private Part part(Part part) {
        if (part instanceof Part.ToolCall call) {
            return new Part.ToolCall(
                    ToolAlias.callId(call.id()),
                    alias(call.name()),
                    call.arguments(),
                    call.cache());
        } else if (part instanceof Part.ToolResult result) {
            return new Part.ToolResult(
                    ToolAlias.callId(result.id()),
                    result.content(),
                    result.error(),
                    result.cache());
        }
        return part;
    }

    private Tool tool(Tool tool) {
        String name = alias(tool.name());
        return switch (tool) {
            case Tool.Function f ->
                    new Tool.Function(
                            name, f.description(), f.schema(), f.strict(), f.examples(), f.cache());
            case Tool.Custom c -> new Tool.Custom(name, c.description(), c.format());
            case Tool.WebSearch w ->
                    new Tool.WebSearch(
                            name,
                            w.allowedDomains(),
                            w.blockedDomains(),
                            w.userLocation(),
                            w.maxUses());
            case Tool.Typed t -> new Tool.Typed(t.type(), name, t.json());
        };
    }

    private ToolChoice choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Named(String name) -> new ToolChoice.Named(alias(name));
            case ToolChoice.Allowed(List<String> names, boolean required) ->
                    new ToolChoice.Allowed(names.stream().map(this::alias).toList(), required);
            case ToolChoice.Unsaid unsaid -> unsaid;
            case ToolChoice.Auto auto -> auto;
            case ToolChoice.None none -> none;
            case ToolChoice.Any any -> any;
        };
    }
}
