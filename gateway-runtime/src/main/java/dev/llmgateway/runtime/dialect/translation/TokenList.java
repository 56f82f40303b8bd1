package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Slice;

/// Probabilities of tokens as they add up: lists that become one.
public final class TokenList {
    private final JsonBytes tokens = new JsonBytes();

    /// @param list JSON
    public void add(Slice list) {
        JsonBytes compact = new JsonBytes(); // documents have line breaks, which would end a frame
        JsonEscapes.compact(list, compact);
        Slice inside = compact.slice().part(1, compact.length() - 1);
        if (!inside.isEmpty()) {
            tokens.ascii(tokens.isEmpty() ? "[" : ",").raw(inside);
        }
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    public void clear() {
        tokens.clear();
    }

    /// All of them, as one list.
    public void write(JsonBytes out) {
        if (tokens.isEmpty()) {
            out.arrayStart().arrayEnd();
        } else {
            out.json(tokens.slice()).arrayEnd();
        }
    }

    /// The member of a choice of Chat.
    public void choice(JsonBytes out) {
        out.name("logprobs");
        if (tokens.isEmpty()) {
            out.nullValue();
        } else {
            out.objectStart().name("content");
            write(out);
            out.name("refusal").nullValue().objectEnd();
        }
    }
}
