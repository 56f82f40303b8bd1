package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// What an assistant thought, in the ways clients send it back (translation.md 3.5): our own and
/// OpenRouter's `reasoning_details`, LiteLLM's `thinking_blocks`, or the bare text.
final class ReasoningReader {
    private final BodyReader body;
    private final JsonCursor json;
    private List<Part> details = List.of();
    private List<Part> blocks = List.of();
    private Slice bare = Slice.EMPTY;
    private String type = "";
    private Slice text = Slice.EMPTY;
    private Slice signature = Slice.EMPTY;
    private Slice data = Slice.EMPTY;
    private boolean foreign;

    ReasoningReader(BodyReader body) {
        this.body = body;
        this.json = body.json();
    }

    /// @return whether the member tells thoughts; its value was read then
    boolean member(String name, FieldPath message) {
        switch (name) {
            case "reasoning_details" -> details = entries(message.member(name));
            case "thinking_blocks" -> blocks = entries(message.member(name));
            case "reasoning_content", "reasoning" -> {
                Slice said = body.string(message.member(name));
                bare = said.isEmpty() ? bare : said;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The richest that came: the others repeat it.
    List<Part> parts() {
        if (!details.isEmpty()) {
            return details;
        }
        if (!blocks.isEmpty() || bare.isEmpty()) {
            return blocks;
        }
        return List.of(new Part.Thinking(bare, Slice.EMPTY));
    }

    private List<Part> entries(FieldPath field) {
        List<Part> parts = new ArrayList<>();
        if (body.list(field)) {
            for (int i = 0; json.element(); i++) {
                entry(field.element(i), parts);
            }
        }
        return parts;
    }

    private void entry(FieldPath field, List<Part> parts) {
        type = "";
        text = Slice.EMPTY;
        signature = Slice.EMPTY;
        data = Slice.EMPTY;
        foreign = false;
        if (body.object(field)) {
            while (json.member()) {
                member(field);
            }
        }
        switch (type) {
            case "reasoning.text", "reasoning.summary", "thinking" ->
                    parts.add(new Part.Thinking(text, foreign ? Slice.EMPTY : signature));
            case "reasoning.encrypted", "redacted_thinking" -> {
                if (!foreign) {
                    parts.add(new Part.RedactedThinking(data));
                }
            }
            default -> body.lost(field, "unknown kind of reasoning");
        }
    }

    private void member(FieldPath field) {
        switch (json.key()) {
            case "type" -> type = json.text();
            case "text", "thinking", "summary" -> text = json.string();
            case "signature" -> signature = json.string();
            case "data" -> data = json.string();
            // Another vendor's seal is worth nothing to Anthropic, and ours carry no format.
            case "format" -> {
                String format = json.text();
                foreign = !format.isEmpty() && !format.startsWith("anthropic");
            }
            case "index", "id", "cache_control" -> json.skip();
            default -> body.unknown(field);
        }
    }
}
