package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.model.ReplyEvent;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// An upstream's bytes on their way to a decoder.
interface UpstreamInput {
    /// @param payload ownership goes here
    /// @return whether it can still be read: false when more was sent than is believed
    boolean feed(ByteBuf payload, Consumer<ReplyEvent> to);

    /// The upstream's body has ended.
    void end(Consumer<ReplyEvent> to);
}
