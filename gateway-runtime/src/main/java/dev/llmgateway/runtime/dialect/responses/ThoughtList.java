package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Signed thoughts of one reasoning item, for the carrier in its `encrypted_content`.
final class ThoughtList {
    private final JsonBytes blocks = new JsonBytes();

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /// @param text escaped; so `signature`
    void signed(Slice text, Slice signature) {
        start().objectStart().member("t", text).member("s", signature).objectEnd();
    }

    void redacted(Slice data) {
        start().objectStart().member("d", data).objectEnd();
    }

    private JsonBytes start() {
        return blocks.isEmpty() ? blocks.arrayStart() : blocks;
    }

    /// Adds the member, if there is anything to carry.
    void write(Origin origin, JsonBytes out) {
        if (blocks.isEmpty()) {
            return;
        }
        int end = blocks.length();
        Slice list = blocks.arrayEnd().slice();
        out.name("encrypted_content").raw((byte) '"');
        ReasoningCarrier.write(ReasoningCarrier.THOUGHTS, origin, List.of(list), out);
        out.raw((byte) '"');
        blocks.cut(end);
    }
}
