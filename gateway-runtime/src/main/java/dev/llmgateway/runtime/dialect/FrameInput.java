package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.sse.SseFrames;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.model.ReplyEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/// Cuts an event stream into frames. Between reads it keeps an incomplete frame and nothing else.
final class FrameInput implements UpstreamInput {
    private final TranslationSpace space;
    private final FrameDecoder decoder;
    private final SseFrames frames = new SseFrames();
    private final SseFrame frame = new SseFrame();
    private ByteBuf tail = Unpooled.EMPTY_BUFFER;

    FrameInput(TranslationSpace space, FrameDecoder decoder) {
        this.space = space;
        this.decoder = decoder;
    }

    @Override
    public boolean feed(ByteBuf payload, Consumer<ReplyEvent> to) {
        ByteBuf input = space.input();
        int unseen = tail.readableBytes();
        input.writeBytes(tail, tail.readerIndex(), unseen).writeBytes(payload);
        payload.release();
        int end = input.writerIndex();
        int at = 0;
        int next = frames.next(input, unseen, end);
        while (next >= 0) {
            frame.read(input, at, next);
            decoder.frame(frame, to);
            at = next;
            next = frames.next(input, at, end);
        }
        tail = at == end ? Unpooled.EMPTY_BUFFER : Unpooled.copiedBuffer(input.slice(at, end - at));
        return tail.readableBytes() <= SseTap.MAX_FRAME;
    }

    /// A last frame may lack its blank line.
    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (tail.isReadable()) {
            frame.read(tail, tail.readerIndex(), tail.writerIndex());
            if (!frame.looksBroken()) {
                decoder.frame(frame, to);
            }
        }
        decoder.end(to);
    }
}
