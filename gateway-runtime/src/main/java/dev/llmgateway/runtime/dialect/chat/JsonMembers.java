package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;

/// Single members of blocks that are seldom met.
public final class JsonMembers {
    private JsonMembers() {}

    /// The inside of a string member, escaped; empty: there is none.
    ///
    /// @param json stands before an object
    public static Slice string(JsonCursor json, String name) {
        Slice found = Slice.EMPTY;
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals(name)) {
                    found = json.string();
                } else {
                    json.skip();
                }
            }
        }
        return found;
    }
}
