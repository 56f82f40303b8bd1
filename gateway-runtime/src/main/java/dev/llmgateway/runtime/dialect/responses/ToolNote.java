package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.JsonMembers;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.model.Slice;

/// What a tool of the provider's own was asked, as a line of text: `[web_search "query"]`.
final class ToolNote {
    private ToolNote() {}

    /// @return escaped
    static Slice of(ItemMembers item) {
        String type = item.type();
        String name = type.endsWith("_call") ? type.substring(0, type.length() - 5) : type;
        JsonBytes note = new JsonBytes();
        note.ascii("[").ascii(FieldName.of(name));
        Slice query =
                item.action().isEmpty()
                        ? Slice.EMPTY
                        : JsonMembers.string(JsonCursor.of(item.action()), "query");
        if (!query.isEmpty()) {
            note.ascii(" \\\"").raw(query).ascii("\\\"");
        }
        return note.ascii("]").slice();
    }
}
