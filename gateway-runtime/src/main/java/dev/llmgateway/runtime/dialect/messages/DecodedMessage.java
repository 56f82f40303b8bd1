package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.UpstreamErrors;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// A Message object: a whole reply, or what `message_start` holds.
///
/// @param type `message`; empty: not told
/// @param id without its prefix
/// @param content the list of blocks; empty: none
/// @param error empty: none
record DecodedMessage(String type, String id, String model, Slice content, Slice error) {
    private static final String PREFIX = "msg_";

    /// @param totals is told of the end what the message tells
    static DecodedMessage read(JsonCursor json, Slice message, DecodedTotals totals) {
        String type = "";
        String id = "";
        String model = "";
        Slice content = Slice.EMPTY;
        Slice error = Slice.EMPTY;
        json.over(message);
        boolean members = json.object();
        while (members && json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "id" -> id = json.text();
                case "model" -> model = json.text();
                case "content" -> content = json.value();
                case "error" -> error = object(json);
                default -> totals.read(json);
            }
        }
        json.end();
        String bare = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
        return new DecodedMessage(type, bare, model, content, error);
    }

    /// Tells the blocks the message holds, each whole.
    void blocks(JsonCursor json, DecodedBlocks blocks, Consumer<ReplyEvent> to) {
        if (content.isEmpty()) {
            return;
        }
        JsonCursor list = JsonCursor.of(content);
        boolean elements = list.array();
        for (long index = 0; elements && list.element(); index++) {
            blocks.open(index, DecodedContent.read(json, list.value()), json, to);
            blocks.close(index, to);
        }
    }

    /// The object the cursor stands on, as it stands; empty: it is none.
    static Slice object(JsonCursor json) {
        if (json.kind() == JsonKind.Object) {
            return json.value();
        }
        json.skip();
        return Slice.EMPTY;
    }

    /// @param error Anthropic's error object; empty: it told none
    static GatewayError error(JsonCursor json, Slice error) {
        String type = "";
        String message = "the upstream told an error";
        boolean members = !error.isEmpty() && json.over(error).object();
        while (members && json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "message" -> message = json.text();
                default -> json.skip();
            }
        }
        return UpstreamErrors.anthropic(type, message);
    }
}
