package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;

/// Writes calls of tools in the history. Anthropic takes only objects as their input, whatever a
/// model once wrote.
final class ToolUseWriter {
    private final Draft draft;
    private final JsonBytes out;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonBytes unescaped = new JsonBytes();

    ToolUseWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
    }

    void write(Part.ToolCall call, int turn) {
        out.objectStart()
                .member("type", "tool_use")
                .member("id", call.id())
                .member("name", call.name())
                .name("input");
        boolean wrap = draft.wrapped().contains(call.name());
        switch (call.arguments()) {
            case Arguments.Text(Slice escaped) ->
                    out.objectStart().member("input", escaped).objectEnd();
            case Arguments.Value(Slice json) -> value(json, wrap, turn);
            case Arguments.Quoted(Slice escaped) -> quoted(escaped, wrap, turn);
        }
        draft.marks().block(call.cache(), out);
        out.objectEnd();
    }

    private void quoted(Slice escaped, boolean wrap, int turn) {
        if (Blanks.isBlank(escaped)) {
            out.objectStart().objectEnd();
            return;
        }
        unescaped.clear();
        JsonEscapes.unescape(escaped, unescaped);
        Slice json = unescaped.slice();
        if (isJson(json)) {
            value(json, wrap, turn);
        } else {
            out.objectStart().member("_raw", escaped).objectEnd();
            lost(turn, "no JSON, sent as _raw");
        }
    }

    private boolean isJson(Slice text) {
        try {
            cursor.over(text).skip();
            cursor.end();
            return true;
        } catch (MalformedJson e) {
            return false;
        }
    }

    private void value(Slice json, boolean wrap, int turn) {
        boolean object = cursor.over(json).kind() == JsonKind.Object;
        Slice value = cursor.value();
        if (object && !wrap) {
            out.json(value);
            return;
        }
        out.objectStart().name("value").json(value).objectEnd();
        if (!wrap) {
            lost(turn, "no object, sent as value");
        }
    }

    private void lost(int turn, String reason) {
        boolean item = draft.request().source() == WireFormat.Responses;
        String member = item ? ".arguments" : ".tool_calls";
        draft.notes().lost(draft.path(turn) + member, reason);
    }
}
