package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Tells the parts of an item that came whole.
final class ContentReplay {
    private final DecodedItems items;
    private final DecodedItem item;

    ContentReplay(DecodedItems items, DecodedItem item) {
        this.items = items;
        this.item = item;
    }

    void message(Slice content, Consumer<ReplyEvent> to) {
        parts(content, true, to);
    }

    void thoughts(Slice summary, Consumer<ReplyEvent> to) {
        parts(summary, false, to);
    }

    private void parts(Slice list, boolean message, Consumer<ReplyEvent> to) {
        if (list.isEmpty()) {
            return;
        }
        JsonCursor json = JsonCursor.of(list);
        if (json.array()) {
            for (int i = 0; json.element(); i++) {
                part(json, i, message, to);
            }
        }
    }

    private void part(JsonCursor json, int index, boolean message, Consumer<ReplyEvent> to) {
        Slice text = Slice.EMPTY;
        Slice refusal = Slice.EMPTY;
        Slice annotations = Slice.EMPTY;
        Slice tokens = Slice.EMPTY;
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "text" -> text = json.string();
                    case "refusal" -> refusal = json.string();
                    case "annotations" -> annotations = json.value();
                    case "logprobs" -> tokens = ResponsesEvent.list(json);
                    default -> json.skip();
                }
            }
        }
        if (!message) {
            items.thought(item, index, text, to);
            return;
        }
        items.likely(tokens, to);
        items.text(item, index, text, false, to);
        items.text(item, index, refusal, true, to);
        cite(annotations, to);
    }

    private void cite(Slice annotations, Consumer<ReplyEvent> to) {
        if (annotations.isEmpty()) {
            return;
        }
        JsonCursor json = JsonCursor.of(annotations);
        if (json.array()) {
            while (json.element()) {
                items.cite(item, json.value(), to);
            }
        }
    }
}
