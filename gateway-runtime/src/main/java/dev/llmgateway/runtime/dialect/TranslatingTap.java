package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Dialect;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReplyEncoder;
import dev.llmgateway.runtime.dialect.translation.ReplyPosition;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Turns an upstream's bytes into those of a client of another format: decoder, stages, encoder.
/// Passes on whole frames, or at the end one document.
public final class TranslatingTap implements ReplyTap {
    private final TranslationSpace space;
    private final ByteBufAllocator allocator;
    private final UpstreamInput input;
    private final ReplyEncoder encoder;
    private final Consumer<ReplyEvent> first;
    private JsonBytes out;
    private Usage usage = Usage.NONE;
    private @Nullable GatewayError failure;
    private int contents;
    private boolean ended;

    /// @param origin of the reply
    /// @param sse the upstream streams, else it answers with one document
    /// @param stages put before the encoder what restores names and shapes
    public TranslatingTap(
            TranslationSpace space,
            ByteBufAllocator allocator,
            Dialect upstream,
            Origin origin,
            boolean sse,
            ReplyEncoder encoder,
            UnaryOperator<Consumer<ReplyEvent>> stages) {
        this.space = space;
        this.allocator = allocator;
        this.input =
                sse
                        ? new FrameInput(space, upstream.frames(origin))
                        : new DocumentInput(upstream.whole(origin));
        this.encoder = encoder;
        this.out = space.reply();
        this.first = stages.apply(this::encode);
    }

    @Override
    public ByteBuf pass(ByteBuf payload) {
        if (over()) {
            payload.release();
            return Unpooled.EMPTY_BUFFER;
        }
        out = space.reply();
        if (!input.feed(payload, first)) {
            fail("The upstream's reply is larger than can be translated.");
        }
        return written();
    }

    @Override
    public ByteBuf finish() {
        if (over()) {
            return Unpooled.EMPTY_BUFFER;
        }
        out = space.reply();
        input.end(first);
        if (!over()) {
            fail("upstream stream ended before completion");
        }
        return written();
    }

    private boolean over() {
        return ended || failure != null;
    }

    private void fail(String message) {
        failure = GatewayError.of(ErrorCode.UPSTREAM_BROKEN, message);
    }

    private ByteBuf written() {
        if (out.isEmpty()) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf bytes = allocator.directBuffer(out.length());
        out.copyTo(bytes);
        return bytes;
    }

    private void encode(ReplyEvent event) {
        if (over()) {
            return;
        }
        switch (event) {
            case ReplyEvent.Fail(GatewayError error) -> {
                failure = error;
                return;
            }
            case ReplyEvent.Start start -> usage = start.usage();
            case ReplyEvent.Finish finish -> {
                usage = finish.usage();
                ended = true;
            }
            case ReplyEvent.Open _, ReplyEvent.Delta _ -> contents++;
            case ReplyEvent.Probabilities _,
                    ReplyEvent.Signature _,
                    ReplyEvent.Citation _,
                    ReplyEvent.Close _ -> {}
        }
        encoder.encode(event, out);
    }

    @Override
    public @Nullable GatewayError failure() {
        return failure;
    }

    @Override
    public List<String> losses() {
        return encoder.losses();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean endedEnough() {
        return ended;
    }

    @Override
    public boolean broken() {
        return false;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public boolean sawError() {
        return false;
    }

    @Override
    public String errorKind() {
        return "";
    }

    @Override
    public boolean sawContent() {
        return contents > 0;
    }

    @Override
    public int contents() {
        return contents;
    }

    @Override
    public StreamPosition position() {
        ReplyPosition position = encoder.position();
        return new StreamPosition(position.id(), position.next(), position.output().toString());
    }

    @Override
    public void release() {}
}
