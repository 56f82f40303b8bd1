package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Slice;

/// How far a stream of numbered events came, so that an error event can go on with it.
///
/// @param id of the reply as the client knows it; empty: it has not begun
/// @param next number of the next event
/// @param output JSON list of what is complete so far; lives until the encoder's next event
public record ReplyPosition(String id, long next, Slice output) {
    public static final ReplyPosition NONE = new ReplyPosition("", 0, Slice.of("[]"));
}
