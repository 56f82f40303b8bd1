package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Slice;

/// Anthropic's summary of what was said before.
public final class Compaction {
    private Compaction() {}

    /// @return escaped
    /// @throws Refusal when only Anthropic can read it
    public static Slice text(Slice block, Place place) {
        Slice text = JsonMembers.string(JsonCursor.of(block), "content");
        if (text.isEmpty()) {
            throw new Refusal(
                    place.path(),
                    place.path()
                            + ": an encrypted summary can only be read by the provider that wrote"
                            + " it; send the conversation itself");
        }
        return text;
    }
}
