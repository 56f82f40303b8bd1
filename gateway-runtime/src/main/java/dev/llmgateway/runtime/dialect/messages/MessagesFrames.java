package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.LearnedFrame;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// Reads a Messages stream (translation.md 4.2). The deltas of one block are recognised by the
/// bytes around their text; every other event is parsed.
public final class MessagesFrames implements FrameDecoder {
    static final GatewayError BROKE_OFF =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "upstream stream ended before completion");

    private static final Block TEXT = new Block.Text();
    private static final Block THINKING = new Block.Thinking();

    private final JsonCursor json = new JsonCursor();
    private final DecodedTotals totals = new DecodedTotals();
    private final DecodedBlocks blocks = new DecodedBlocks();
    private final LearnedFrame learned = new LearnedFrame();
    private int learnedBlock;
    private boolean started;
    private boolean ended;

    @Override
    public void frame(SseFrame frame, Consumer<ReplyEvent> to) {
        if (ended || frame.lines() == 0) {
            return;
        }
        if (frame.lines() > 1) {
            parsed(frame, Slice.whole(frame.data()), to);
            return;
        }
        ByteBuf buffer = frame.buffer();
        int from = buffer.arrayOffset() + frame.start(0);
        int end = buffer.arrayOffset() + frame.end(0);
        Slice text = learned.match(buffer.array(), from, end);
        if (text == null) {
            parsed(frame, new Slice(buffer.array(), from, end), to);
        } else if (!text.isEmpty()) {
            to.accept(new ReplyEvent.Delta(learnedBlock, text));
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        if (!ended) {
            finish(to);
        }
    }

    private void parsed(SseFrame frame, Slice data, Consumer<ReplyEvent> to) {
        if (data.isBlank() || data.is("[DONE]") || frame.eventIs("ping")) {
            return;
        }
        try {
            MessagesEvent event = MessagesEvent.read(json, data);
            if (event.type().isEmpty()) {
                event(frame.event(), event, to);
            } else if (event.type().equals("content_block_delta")) {
                delta(event, data, frame.lines() == 1, to);
            } else {
                event(event.type(), event, to);
            }
        } catch (MalformedJson _) {
            finish(to);
        }
    }

    private void event(String type, MessagesEvent event, Consumer<ReplyEvent> to) {
        switch (type) {
            case "message_start" -> start(event.message(), to);
            case "content_block_start" -> {
                start(Slice.EMPTY, to);
                learned.forget();
                blocks.open(event.index(), DecodedContent.read(json, event.block()), json, to);
            }
            case "content_block_delta" -> delta(event, Slice.EMPTY, false, to);
            case "content_block_stop" -> {
                learned.forget();
                blocks.close(event.index(), to);
            }
            case "message_delta" -> totals(event);
            case "message_stop" -> finish(to);
            case "error" -> fail(DecodedMessage.error(json, event.error()), to);
            default -> {
                if (!event.error().isEmpty()) {
                    fail(DecodedMessage.error(json, event.error()), to);
                }
            }
        }
    }

    /// Only the first one counts: compatible upstreams repeat it, or leave it out.
    private void start(Slice message, Consumer<ReplyEvent> to) {
        if (started) {
            return;
        }
        started = true;
        if (message.isEmpty()) {
            to.accept(new ReplyEvent.Start("", "", totals.tier(), totals.usage()));
            return;
        }
        DecodedMessage told = DecodedMessage.read(json, message, totals);
        to.accept(new ReplyEvent.Start(told.id(), told.model(), totals.tier(), totals.usage()));
        told.blocks(json, blocks, to);
    }

    private void delta(MessagesEvent event, Slice data, boolean learns, Consumer<ReplyEvent> to) {
        start(Slice.EMPTY, to);
        MessagesDelta delta = MessagesDelta.read(json, event.delta());
        long index = event.index();
        int block =
                switch (delta.type()) {
                    case "text_delta" -> blocks.text(index, TEXT, delta.text(), to);
                    case "thinking_delta" -> blocks.text(index, THINKING, delta.text(), to);
                    case "input_json_delta" -> blocks.arguments(index, delta.text(), to);
                    case "signature_delta" -> {
                        blocks.signature(index, delta.text());
                        yield DecodedBlocks.NONE;
                    }
                    case "citations_delta" -> {
                        blocks.citation(index, delta.citation(), to);
                        yield DecodedBlocks.NONE;
                    }
                    default -> DecodedBlocks.NONE;
                };
        if (learns && block != DecodedBlocks.NONE) {
            learned.learn(data, delta.text(), Slice.EMPTY);
            learnedBlock = block;
        }
    }

    private void totals(MessagesEvent event) {
        JsonCursor delta = json.over(event.delta());
        boolean members = !event.delta().isEmpty() && delta.object();
        while (members && delta.member()) {
            totals.read(delta);
        }
        totals.usage(json, event.usage());
    }

    /// Without a stop reason it is no end but a break, whatever came last.
    private void finish(Consumer<ReplyEvent> to) {
        if (!totals.stopped()) {
            fail(BROKE_OFF, to);
            return;
        }
        start(Slice.EMPTY, to);
        ended = true;
        blocks.closeAll(to);
        to.accept(totals.finish(blocks.called()));
    }

    private void fail(GatewayError error, Consumer<ReplyEvent> to) {
        ended = true;
        to.accept(new ReplyEvent.Fail(error));
    }
}
