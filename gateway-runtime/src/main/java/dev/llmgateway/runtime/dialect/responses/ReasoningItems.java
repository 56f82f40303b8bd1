package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Where reasoning stands in a body of Responses that is to pass without it.
public final class ReasoningItems {
    private ReasoningItems() {}

    /// The bytes to leave out, each with the comma that goes with it, ascending.
    ///
    /// @param body one valid JSON object
    public static List<Span> in(Slice body) {
        List<Span> spans = new ArrayList<>();
        JsonCursor json = JsonCursor.of(body);
        json.object();
        while (json.member()) {
            if (json.key().equals("input")) {
                items(json, body.from(), spans);
            } else {
                json.skip();
            }
        }
        return spans;
    }

    private static void items(JsonCursor json, int origin, List<Span> spans) {
        List<Slice> items = new ArrayList<>();
        if (json.array()) {
            while (json.element()) {
                items.add(json.value());
            }
        }
        boolean kept = false;
        for (int i = 0; i < items.size(); i++) {
            Slice item = items.get(i);
            if (!isReasoning(item)) {
                kept = true;
                continue;
            }
            // The comma before it, or where nothing stands before it, the one behind.
            boolean last = i + 1 == items.size();
            int from = kept ? items.get(i - 1).to() : item.from();
            int to = kept || last ? item.to() : items.get(i + 1).from();
            spans.add(new Span(from - origin, to - origin));
        }
    }

    private static boolean isReasoning(Slice item) {
        JsonCursor json = JsonCursor.of(item);
        boolean reasoning = false;
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals("type")) {
                    reasoning = json.string().is("reasoning");
                } else {
                    json.skip();
                }
            }
        }
        return reasoning;
    }
}
