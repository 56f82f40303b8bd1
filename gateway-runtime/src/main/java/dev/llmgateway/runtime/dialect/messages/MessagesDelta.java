package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;

/// What a `content_block_delta` adds.
///
/// @param text the string it carries: text, thoughts, a piece of arguments or a signature
/// @param citation empty: none
record MessagesDelta(String type, Slice text, Slice citation) {
    private static final MessagesDelta NOTHING = new MessagesDelta("", Slice.EMPTY, Slice.EMPTY);

    /// @param delta a valid JSON value, or nothing
    static MessagesDelta read(JsonCursor json, Slice delta) {
        if (delta.isEmpty() || !json.over(delta).object()) {
            return NOTHING;
        }
        String type = "";
        Slice text = Slice.EMPTY;
        Slice thinking = Slice.EMPTY;
        Slice arguments = Slice.EMPTY;
        Slice signature = Slice.EMPTY;
        Slice citation = Slice.EMPTY;
        while (json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "text" -> text = json.string();
                case "thinking" -> thinking = json.string();
                case "partial_json" -> arguments = json.string();
                case "signature" -> signature = json.string();
                case "citation" -> citation = json.value();
                default -> json.skip();
            }
        }
        return switch (type) {
            case "text_delta" -> new MessagesDelta(type, text, Slice.EMPTY);
            case "thinking_delta" -> new MessagesDelta(type, thinking, Slice.EMPTY);
            case "input_json_delta" -> new MessagesDelta(type, arguments, Slice.EMPTY);
            case "signature_delta" -> new MessagesDelta(type, signature, Slice.EMPTY);
            default -> new MessagesDelta(type, Slice.EMPTY, citation);
        };
    }
}
