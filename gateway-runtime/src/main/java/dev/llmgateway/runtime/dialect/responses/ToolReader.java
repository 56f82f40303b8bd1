package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import java.util.ArrayList;
import java.util.List;

/// One declared tool, or the tools of one namespace. Members may come in any order, so that the
/// tools inside a namespace wait until its name was seen.
final class ToolReader {
    private static final Slice NOTHING = Slice.EMPTY;

    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private final SearchMembers search;
    private String type = "";
    private String name = "";
    private Slice description = NOTHING;
    private Slice schema = NOTHING;
    private Slice format = NOTHING;
    private Slice inner = NOTHING;
    private boolean strict;
    private final List<String> unknown = new ArrayList<>(0);

    ToolReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
        this.search = new SearchMembers(body);
    }

    /// @param namespace in which the tool stands; empty: in none
    void read(String namespace, Tools to) {
        int mark = json.mark();
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object");
        }
        json.object();
        while (json.member()) {
            String member = json.key();
            if (!member(member) && !search.member(member, field)) {
                if (!json.isNull()) {
                    unknown.add(member);
                }
                json.skip();
            }
        }
        tool(namespace, json.since(mark), to);
    }

    private boolean member(String member) {
        FieldPath here = field.member(member);
        switch (member) {
            case "type" -> type = body.text(here);
            case "name" -> name = body.text(here);
            case "description" -> description = body.string(here);
            case "parameters" -> schema = body.whole(here);
            case "strict" -> strict = body.flag(here, false);
            case "format" -> format = body.whole(here);
            case "tools" -> inner = json.value();
            // When and by whom a tool is seen; sent to a model, it always is.
            case "defer_loading", "allowed_callers", "output_schema" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tool(String namespace, Slice whole, Tools to) {
        switch (type) {
            case "function", "" -> {
                noteUnknown();
                to.add(namespace, named(), function(DeclaredTool.flat(namespace, name)));
            }
            case "custom" -> {
                noteUnknown();
                Tool tool =
                        new Tool.Custom(
                                DeclaredTool.flat(namespace, named()), description, grammar());
                to.add(namespace, name, tool);
            }
            case "namespace" -> {
                noteUnknown();
                namespace(to);
            }
            default -> hosted(whole, to);
        }
    }

    private Tool function(String flat) {
        return new Tool.Function(flat, description, schema, strict, NOTHING, CacheMark.None);
    }

    private void namespace(Tools to) {
        BodyReader tools = body.over(inner.isEmpty() ? Slice.of("[]") : inner, field);
        FieldPath path = field.member("tools");
        tools.list(path);
        for (int i = 0; tools.json().element(); i++) {
            new ToolReader(tools, path.element(i)).read(named(), to);
        }
    }

    private void hosted(Slice whole, Tools to) {
        if (type.equals("web_search") || type.startsWith("web_search_")) {
            if (search.allowed()) {
                noteUnknown();
                to.add("", "web_search", search.tool());
            }
            return;
        }
        LocalTool.declared(type)
                .ifPresentOrElse(
                        to::local, () -> to.add("", name, new Tool.Typed(type, "", whole)));
    }

    private void noteUnknown() {
        unknown.forEach(member -> body.lost(field.member(member), "unknown member"));
    }

    private String named() {
        if (name.isEmpty()) {
            throw BodyReader.refusal(field, "must have a name");
        }
        return name;
    }

    /// Plain text is what a custom tool takes anyway.
    private Slice grammar() {
        JsonCursor inside = JsonCursor.of(format.isEmpty() ? Slice.of("{}") : format);
        inside.object();
        while (inside.member()) {
            if (inside.key().equals("type")) {
                return inside.text().equals("text") ? NOTHING : format;
            }
            inside.skip();
        }
        return format;
    }
}
