package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.JsonMembers;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.Slice;

/// A search of the web that the provider has made: a call and its result in Messages, one item here
/// (translation.md 3.4).
///
/// @param id that call and result share; empty: it is neither
/// @param called it is the call
/// @param input of the call, escaped; empty: it is still to come
/// @param sources of the result, a list
/// @param failed the result is an error
record SearchCall(String id, boolean called, Slice input, Slice sources, boolean failed) {
    private static final SearchCall NONE =
            new SearchCall("", false, Slice.EMPTY, Slice.EMPTY, false);

    /// @param block of a tool that the provider runs, JSON
    static SearchCall read(String type, Slice block) {
        return switch (type) {
            case "server_tool_use" -> call(block);
            case "web_search_tool_result" -> result(block);
            default -> NONE;
        };
    }

    private static SearchCall call(Slice block) {
        if (!JsonMembers.string(JsonCursor.of(block), "name").is("web_search")) {
            return NONE;
        }
        String id = "";
        Slice input = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(block);
        json.object();
        while (json.member()) {
            switch (json.key()) {
                case "id" -> id = json.text();
                case "input" -> input = json.value();
                default -> json.skip();
            }
        }
        Slice asked = input.is("{}") ? Slice.EMPTY : JsonEscapes.quoted(input);
        return new SearchCall(id, true, asked, Slice.EMPTY, false);
    }

    private static SearchCall result(Slice block) {
        String id = "";
        JsonBytes sources = new JsonBytes();
        boolean failed = false;
        JsonCursor json = JsonCursor.of(block);
        json.object();
        while (json.member()) {
            switch (json.key()) {
                case "tool_use_id" -> id = json.text();
                case "content" -> {
                    failed = json.kind() == JsonKind.Object;
                    sources(json, sources);
                }
                default -> json.skip();
            }
        }
        return new SearchCall(id, false, Slice.EMPTY, sources.slice(), failed);
    }

    private static void sources(JsonCursor json, JsonBytes out) {
        out.clear();
        out.arrayStart();
        if (json.array()) {
            while (json.element()) {
                Slice url = JsonMembers.string(json, "url");
                if (!url.isEmpty()) {
                    out.objectStart().member("type", "url").member("url", url).objectEnd();
                }
            }
        }
        out.arrayEnd();
    }

    /// The members of an item behind its type.
    ///
    /// @param asked the call's input, escaped
    /// @param found list of sources; empty: nothing was found yet
    static void write(String status, Slice asked, Slice found, JsonBytes out) {
        out.member("status", status).name("action").objectStart().member("type", "search");
        Slice query = query(asked);
        out.name("queries").arrayStart();
        if (!query.isEmpty()) {
            out.string(query);
        }
        out.arrayEnd().member("query", query);
        if (!found.isEmpty()) {
            out.name("sources").json(found);
        }
        out.objectEnd();
    }

    private static Slice query(Slice asked) {
        JsonBytes object = new JsonBytes();
        JsonEscapes.unescape(asked, object);
        try {
            JsonCursor json = JsonCursor.of(object.slice());
            return object.isEmpty() ? Slice.EMPTY : JsonMembers.string(json, "query");
        } catch (MalformedJson _) {
            return Slice.EMPTY;
        }
    }
}
