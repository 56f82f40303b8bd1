package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;

/// The parts of one event of a Messages stream, as they stand; empty: not there.
///
/// @param index -1: not told
record MessagesEvent(
        String type,
        long index,
        Slice message,
        Slice block,
        Slice delta,
        Slice usage,
        Slice error) {
    /// @throws dev.llmgateway.runtime.dialect.json.MalformedJson when it is not all JSON, so that
    ///   the parts are
    static MessagesEvent read(JsonCursor json, Slice data) {
        String type = "";
        long index = -1;
        Slice message = Slice.EMPTY;
        Slice block = Slice.EMPTY;
        Slice delta = Slice.EMPTY;
        Slice usage = Slice.EMPTY;
        Slice error = Slice.EMPTY;
        json.over(data);
        boolean members = json.object();
        while (members && json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "index" -> index = json.count(-1);
                case "message" -> message = json.value();
                case "content_block" -> block = json.value();
                case "delta" -> delta = json.value();
                case "usage" -> usage = DecodedMessage.object(json);
                case "error" -> error = DecodedMessage.object(json);
                default -> json.skip();
            }
        }
        json.end();
        return new MessagesEvent(type, index, message, block, delta, usage, error);
    }
}
