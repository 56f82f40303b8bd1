package dev.llmgateway.runtime.dialect.json;

import java.util.List;

/// What routing needs of a request body, found while it arrived.
///
/// @param model decoded, the last one when there are several; empty: absent or `null`
/// @param modelSpans every top-level `model` value between its quotes, still escaped; at most 16
/// @param keys the known top-level members
/// @param marks where the conversation's name may stand
public record BodyFacts(
        String model,
        List<Span> modelSpans,
        StreamFlag stream,
        TopKeys keys,
        ConversationMarks marks) {
    /// Of no body.
    public static final BodyFacts NONE =
            new BodyFacts(
                    "",
                    List.of(),
                    StreamFlag.Absent,
                    new TopKeys(0),
                    new ConversationMarks(-1, -1, -1, -1, -1, -1, -1));

    public BodyFacts {
        modelSpans = List.copyOf(modelSpans);
    }

    public boolean has(TopKey key) {
        return keys.has(key);
    }
}
