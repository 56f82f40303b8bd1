package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import java.util.HashMap;
import java.util.Map;

/// Reads from a body, which was read as a request before, what its reply needs.
final class RequestMemories {
    private final BodyReader body;
    private final JsonCursor json;
    private final Tools tools = new Tools();
    private final Map<String, Slice> said = new HashMap<>();

    private RequestMemories(Slice text) {
        this.body = new BodyReader(text, new Notes(false), CacheMark.None);
        this.json = body.json();
    }

    static AskedResponse read(Slice body) {
        return new RequestMemories(body).memory();
    }

    private AskedResponse memory() {
        json.object();
        while (json.member()) {
            String name = json.key();
            switch (name) {
                case "input" -> input();
                case "tools" -> {
                    Slice list = json.value();
                    said.put(name, list);
                    declared(list);
                }
                default -> other(name);
            }
        }
        return new AskedResponse(RequestEcho.of(said), Map.copyOf(tools.declared()));
    }

    private void other(String name) {
        Slice value = json.value();
        if (RequestEcho.has(name)) {
            said.put(name, value);
        }
    }

    private void input() {
        if (json.kind() != JsonKind.Array) {
            json.skip();
            return;
        }
        json.array();
        while (json.element()) {
            item();
        }
    }

    /// Only those with tools of their own matter.
    private void item() {
        Slice type = Slice.EMPTY;
        Slice list = Slice.EMPTY;
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "type" -> type = json.string();
                case "tools" -> list = json.value();
                default -> json.skip();
            }
        }
        if (type.is("additional_tools")) {
            declared(list);
        }
    }

    private void declared(Slice list) {
        if (!list.isEmpty()) {
            FieldPath field = FieldPath.top("tools");
            ToolsReader.read(body.over(list, field), field, tools);
        }
    }
}
