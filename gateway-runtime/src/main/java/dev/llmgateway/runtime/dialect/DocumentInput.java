package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.translation.WholeDecoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/// Collects a document; only whole can it be read.
final class DocumentInput implements UpstreamInput {
    /// Bytes of a reply that is held in memory: far above any model's longest.
    private static final int MOST = 64 << 20;

    private final WholeDecoder decoder;
    private final ByteBuf document = Unpooled.buffer(1 << 12);

    DocumentInput(WholeDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public boolean feed(ByteBuf payload, Consumer<ReplyEvent> to) {
        boolean fits = document.readableBytes() + payload.readableBytes() <= MOST;
        if (fits) {
            document.writeBytes(payload);
        }
        payload.release();
        return fits;
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        decoder.document(new Slice(document.array(), 0, document.writerIndex()), to);
    }
}
