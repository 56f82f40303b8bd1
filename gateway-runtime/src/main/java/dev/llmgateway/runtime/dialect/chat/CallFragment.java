package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// A piece of a tool call; reused.
final class CallFragment {
    static final long UNNUMBERED = -1;

    long index = UNNUMBERED;
    String id = "";
    String name = "";

    /// Escaped.
    Slice arguments = Slice.EMPTY;

    /// Of a tool that takes free text.
    boolean custom;

    /// Reads the element of `tool_calls` on which the cursor stands.
    void read(JsonCursor json) {
        clear();
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "index" -> index = json.count(UNNUMBERED);
                case "id" -> id = json.text();
                case "function" -> function(json);
                case "custom" -> {
                    custom = json.kind() == JsonKind.Object;
                    function(json);
                }
                default -> json.skip();
            }
        }
    }

    /// Reads the deprecated `function_call`.
    void readLegacy(JsonCursor json) {
        clear();
        index = DecodedCalls.LEGACY;
        function(json);
    }

    /// Whether there is nothing but more arguments of a call with a number.
    boolean onlyArgues() {
        return index >= 0 && id.isEmpty() && name.isEmpty() && !arguments.isEmpty() && !custom;
    }

    boolean saysNothing() {
        return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
    }

    private void clear() {
        index = UNNUMBERED;
        id = "";
        name = "";
        arguments = Slice.EMPTY;
        custom = false;
    }

    private void function(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "name" -> name = json.text();
                case "arguments", "input" -> arguments = arguments(json);
                default -> json.skip();
            }
        }
    }

    /// Some give the arguments as they are instead of as a text.
    private static Slice arguments(JsonCursor json) {
        if (json.kind() != JsonKind.Object) {
            return json.string();
        }
        JsonBytes escaped = new JsonBytes();
        JsonEscapes.escape(json.value(), escaped);
        return escaped.slice();
    }
}
