package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;

/// What an upstream says of an item, as it begins or whole.
///
/// @param callId of a call; else empty
/// @param arguments of a function, or the input of a custom tool, escaped
/// @param encrypted content of a reasoning item, escaped; empty: none
/// @param content list of parts; empty: none
/// @param summary list of parts; empty: none
record ItemFacts(
        String type,
        String id,
        String callId,
        String name,
        Slice arguments,
        Slice encrypted,
        Slice content,
        Slice summary) {
    static ItemFacts read(Slice item) {
        String type = "";
        String id = "";
        String callId = "";
        String name = "";
        String namespace = "";
        Slice arguments = Slice.EMPTY;
        Slice encrypted = Slice.EMPTY;
        Slice content = Slice.EMPTY;
        Slice summary = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(item);
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "type" -> type = json.text();
                    case "id" -> id = json.text();
                    case "call_id" -> callId = json.text();
                    case "name" -> name = json.text();
                    case "namespace" -> namespace = json.text();
                    case "arguments", "input" -> arguments = json.string();
                    case "encrypted_content" -> encrypted = json.string();
                    case "content" -> content = json.value();
                    case "summary" -> summary = json.value();
                    default -> json.skip();
                }
            }
        }
        return new ItemFacts(
                type,
                id,
                callId.isEmpty() ? id : callId,
                DeclaredTool.flat(namespace, name),
                arguments,
                encrypted,
                content,
                summary);
    }
}
