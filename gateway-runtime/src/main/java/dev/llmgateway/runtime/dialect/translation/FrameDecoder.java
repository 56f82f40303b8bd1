package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.function.Consumer;

/// Reads the frames of one upstream stream. Never throws, whatever the bytes: nonsense is a
/// [ReplyEvent.Fail]. After `Finish` or `Fail` nothing is told any more.
public interface FrameDecoder {
    /// @param frame whole; its buffer has an array
    void frame(SseFrame frame, Consumer<ReplyEvent> to);

    /// The upstream's body has ended, at the end of a frame: tells `Finish` when all that matters
    /// was seen, else `Fail`, unless one of them was told.
    void end(Consumer<ReplyEvent> to);
}
