package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.sse.SseFrame;

/// What the frames of one format mean.
sealed interface StreamReader permits ChatReader, MessagesReader, ResponsesReader {
    /// Notes what a whole frame tells.
    void read(SseFrame frame, StreamFacts facts);

    /// Whether frames of this kind name the model.
    boolean namesModel(SseFrame frame);

    /// The top-level member whose object holds `model`; empty: the event itself does.
    String modelParent();
}
