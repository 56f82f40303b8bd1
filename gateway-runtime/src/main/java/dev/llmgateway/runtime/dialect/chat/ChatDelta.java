package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// What one choice of a chunk, or of a document, says; reused. Texts are escaped, the rest is JSON;
/// empty: not said.
final class ChatDelta {
    Slice content = Slice.EMPTY;

    /// Content as a list of parts.
    Slice parts = Slice.EMPTY;

    Slice reasoning = Slice.EMPTY;
    Slice refusal = Slice.EMPTY;
    Slice toolCalls = Slice.EMPTY;
    Slice functionCall = Slice.EMPTY;
    Slice annotations = Slice.EMPTY;

    /// The choice's list of tokens, of its content or its refusal.
    Slice tokens = Slice.EMPTY;

    /// The choice's `finish_reason`.
    Slice finish = Slice.EMPTY;

    /// The choice's own `usage`, as some put it.
    Slice usage = Slice.EMPTY;

    void clear() {
        content = Slice.EMPTY;
        parts = Slice.EMPTY;
        reasoning = Slice.EMPTY;
        refusal = Slice.EMPTY;
        toolCalls = Slice.EMPTY;
        functionCall = Slice.EMPTY;
        annotations = Slice.EMPTY;
        tokens = Slice.EMPTY;
        finish = Slice.EMPTY;
        usage = Slice.EMPTY;
    }

    /// Reads the `delta` or `message` on which the cursor stands.
    void read(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "content" -> content(json);
                case "reasoning_content" -> {
                    Slice text = json.string();
                    reasoning = text.isEmpty() ? reasoning : text;
                }
                // Some send both names, with the same text.
                case "reasoning" -> {
                    Slice text = json.string();
                    reasoning = reasoning.isEmpty() ? text : reasoning;
                }
                case "refusal" -> refusal = json.string();
                case "tool_calls" -> toolCalls = of(JsonKind.Array, json);
                case "function_call" -> functionCall = of(JsonKind.Object, json);
                case "annotations" -> annotations = of(JsonKind.Array, json);
                default -> json.skip();
            }
        }
    }

    /// Reads the choice's `logprobs` on which the cursor stands.
    void logprobs(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "content", "refusal" -> {
                    Slice list = of(JsonKind.Array, json);
                    tokens = list.length() > 2 ? list : tokens;
                }
                default -> json.skip();
            }
        }
    }

    private void content(JsonCursor json) {
        if (json.kind() == JsonKind.Array) {
            parts = json.value();
        } else {
            content = json.string();
        }
    }

    /// The value, if it is of a kind.
    static Slice of(JsonKind kind, JsonCursor json) {
        boolean wanted = json.kind() == kind;
        Slice value = json.value();
        return wanted ? value : Slice.EMPTY;
    }

    /// The one text of a delta that says nothing else; empty: there is none, or more.
    Slice onlyText() {
        boolean only =
                saysNoMore()
                        && toolCalls.length() <= 2
                        && (content.isEmpty() || reasoning.isEmpty());
        return !only ? Slice.EMPTY : content.isEmpty() ? reasoning : content;
    }

    /// Whether there are calls of tools and nothing else.
    boolean onlyCalls() {
        return saysNoMore() && content.isEmpty() && reasoning.isEmpty();
    }

    /// Neither text, nor thought, nor calls counted.
    private boolean saysNoMore() {
        return parts.isEmpty()
                && refusal.isEmpty()
                && functionCall.isEmpty()
                && annotations.length() <= 2
                && tokens.isEmpty()
                && finish.isEmpty()
                && usage.isEmpty();
    }
}
