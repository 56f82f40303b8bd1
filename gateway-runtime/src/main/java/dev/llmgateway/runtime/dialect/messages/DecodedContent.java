package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.Slice;

/// A content block as it stands in a reply, whole or about to be streamed.
///
/// @param text of a text or thinking block; empty: none yet
/// @param signature of a thinking block; empty: none yet
/// @param input of a tool call, compact or not; empty: none, or an empty object
/// @param citations a list; empty: none
record DecodedContent(Block kind, Slice text, Slice signature, Slice input, Slice citations) {
    /// @param block a valid JSON value
    static DecodedContent read(JsonCursor json, Slice block) {
        String type = "";
        Slice text = Slice.EMPTY;
        Slice thinking = Slice.EMPTY;
        Slice signature = Slice.EMPTY;
        Slice data = Slice.EMPTY;
        Slice input = Slice.EMPTY;
        Slice citations = Slice.EMPTY;
        String id = "";
        String name = "";
        json.over(block);
        boolean members = json.object();
        while (members && json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "text" -> text = json.string();
                case "thinking" -> thinking = json.string();
                case "signature" -> signature = json.string();
                case "data" -> data = json.string();
                case "id" -> id = json.text();
                case "name" -> name = json.text();
                case "input" -> input = input(json.value());
                case "citations" -> citations = json.value();
                default -> json.skip();
            }
        }
        Block kind = kind(type, id, name, data, block);
        Slice shown = kind instanceof Block.Thinking ? thinking : text;
        return new DecodedContent(kind, shown, signature, input, citations);
    }

    private static Block kind(String type, String id, String name, Slice data, Slice block) {
        return switch (type) {
            case "text" -> new Block.Text();
            case "thinking" -> new Block.Thinking();
            case "redacted_thinking" -> new Block.Redacted(data);
            case "tool_use" -> new Block.ToolCall(id, name);
            case "server_tool_use", "mcp_tool_use" -> new Block.ServerTool(type, block);
            default ->
                    type.endsWith("_tool_result")
                            ? new Block.ServerTool(type, block)
                            : new Block.Other(type);
        };
    }

    /// Streams open a call with an empty object that its deltas replace.
    private static Slice input(Slice value) {
        boolean empty = true;
        for (int i = 1; i < value.length() - 1; i++) {
            empty &= Character.isWhitespace(value.at(i));
        }
        return value.startsWith(new byte[] {'{'}) && !empty ? value : Slice.EMPTY;
    }
}
