package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import java.util.ArrayList;
import java.util.List;

/// One declared tool: nested as in Chat (`function`, `custom`), or flat as in Messages and
/// Responses, which clients of this format send as well (translation.md 7).
final class ToolReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String type = "";
    private String name = "";
    private Slice description = Slice.EMPTY;
    private Slice schema = Slice.EMPTY;
    private boolean strict;
    private Slice examples = Slice.EMPTY;
    private Slice format = Slice.EMPTY;
    private CacheMark cache = CacheMark.None;
    private final SearchReader search;
    private final List<String> unknown = new ArrayList<>(0);

    ToolReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
        this.search = new SearchReader(body);
    }

    Tool read() {
        int mark = json.mark();
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object");
        }
        json.object();
        while (json.member()) {
            String member = json.key();
            switch (member) {
                case "type" -> type = body.text(field.member(member));
                case "function" -> nested("function");
                case "custom" -> nested("custom");
                default -> {
                    if (!member(member, field) && !search.member(member)) {
                        other(member);
                    }
                }
            }
        }
        return tool(mark);
    }

    /// One of `functions`, the tools of the time before tools.
    Tool function() {
        type = "function";
        nested("");
        return tool(0);
    }

    private void nested(String kind) {
        FieldPath owner = kind.isEmpty() ? field : field.member(kind);
        if (!body.object(owner)) {
            return;
        }
        type = type.isEmpty() ? kind : type;
        while (json.member()) {
            if (!member(json.key(), owner)) {
                body.unknown(owner);
            }
        }
    }

    private boolean member(String member, FieldPath owner) {
        switch (member) {
            case "name" -> name = body.text(owner.member(member));
            case "description" -> description = body.string(owner.member(member));
            case "parameters", "input_schema" -> schema = body.whole(owner.member(member));
            case "strict" -> strict = body.flag(owner.member(member), false);
            case "input_examples" -> examples = json.isNull() ? nothing() : json.value();
            case "format" -> format = body.whole(owner.member(member));
            case "cache_control", "prompt_cache_breakpoint" ->
                    cache = body.mark(owner.member(member));
            // When and by whom a tool is seen; sent to a model, it always is.
            case "defer_loading", "eager_input_streaming", "allowed_callers" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private Slice nothing() {
        json.skip();
        return Slice.EMPTY;
    }

    private void other(String member) {
        if (!json.isNull()) {
            unknown.add(member);
        }
        json.skip();
    }

    private Tool tool(int mark) {
        boolean flat = type.isEmpty() || (type.equals("custom") && !schema.isEmpty());
        if (flat || type.equals("function")) {
            unknown.forEach(member -> body.lost(field.member(member), "unknown member"));
            return new Tool.Function(named(), description, schema, strict, examples, cache);
        }
        if (type.equals("custom")) {
            unknown.forEach(member -> body.lost(field.member(member), "unknown member"));
            return new Tool.Custom(named(), description, grammar());
        }
        if (type.equals("web_search") || type.startsWith("web_search_")) {
            unknown.forEach(member -> body.lost(field.member(member), "unknown member"));
            return search.tool();
        }
        return new Tool.Typed(type, name, json.since(mark));
    }

    /// Plain text is what a custom tool takes anyway.
    private Slice grammar() {
        JsonCursor inside = JsonCursor.of(format.isEmpty() ? Slice.of("{}") : format);
        inside.object();
        while (inside.member()) {
            if (inside.key().equals("type")) {
                return inside.text().equals("text") ? Slice.EMPTY : format;
            }
            inside.skip();
        }
        return format;
    }

    private String named() {
        if (name.isEmpty()) {
            throw BodyReader.refusal(field, "must have a name");
        }
        return name;
    }
}
