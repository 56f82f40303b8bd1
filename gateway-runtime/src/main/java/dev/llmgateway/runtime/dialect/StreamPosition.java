package dev.llmgateway.runtime.dialect;

/// How far a Responses stream came, so that an error event can continue it.
///
/// @param responseId of `response.created`; empty: it was not passed on
/// @param nextSequence `sequence_number` of the next event
/// @param output JSON list of the items that are complete
public record StreamPosition(String responseId, long nextSequence, String output) {
    public static final StreamPosition NONE = new StreamPosition("", 0);

    /// Of a stream whose items nobody has kept.
    public StreamPosition(String responseId, long nextSequence) {
        this(responseId, nextSequence, "[]");
    }
}
