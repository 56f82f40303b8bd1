package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Reads content that is a list of parts, as some upstreams send it: texts, refusals, and Mistral's
/// thoughts, which are a list themselves.
final class DecodedParts {
    private final DecodedBlocks blocks;

    DecodedParts(DecodedBlocks blocks) {
        this.blocks = blocks;
    }

    /// @param list valid JSON
    void read(Slice list, Consumer<ReplyEvent> to) {
        JsonCursor json = JsonCursor.of(list);
        json.array();
        while (json.element()) {
            part(json, DecodedBlocks.Kind.Text, to);
        }
    }

    private void part(JsonCursor json, DecodedBlocks.Kind kind, Consumer<ReplyEvent> to) {
        if (json.kind() == JsonKind.String) {
            blocks.say(kind, json.string(), to);
            return;
        }
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "text" -> blocks.say(kind, json.string(), to);
                case "refusal" -> blocks.say(DecodedBlocks.Kind.Refusal, json.string(), to);
                case "thinking" -> thoughts(json, kind, to);
                default -> json.skip();
            }
        }
    }

    private void thoughts(JsonCursor json, DecodedBlocks.Kind around, Consumer<ReplyEvent> to) {
        if (around == DecodedBlocks.Kind.Thinking) {
            json.skip(); // they do not nest
        } else if (json.kind() == JsonKind.String) {
            blocks.say(DecodedBlocks.Kind.Thinking, json.string(), to);
        } else if (json.array()) {
            while (json.element()) {
                part(json, DecodedBlocks.Kind.Thinking, to);
            }
        }
    }
}
