package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// Reads one upstream document as the events that a stream of it would tell. Never throws, whatever
/// the bytes: nonsense, and an error object with a status of success, is a [ReplyEvent.Fail].
public interface WholeDecoder {
    void document(Slice body, Consumer<ReplyEvent> to);
}
