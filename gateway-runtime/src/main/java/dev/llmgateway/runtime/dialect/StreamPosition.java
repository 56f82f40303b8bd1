package dev.llmgateway.runtime.dialect;

/// How far a Responses stream came, so that an error event can continue it.
///
/// @param responseId of `response.created`; empty: it was not passed on
/// @param nextSequence `sequence_number` of the next event
public record StreamPosition(String responseId, long nextSequence) {
    public static final StreamPosition NONE = new StreamPosition("", 0);
}
