package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.dialect.json.JsonEvents;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.json.JsonTokenizer;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Gives a JSON reply that passes through another `id`. What comes before it, which is next to
/// nothing, waits until it is whole.
final class IdTap implements ReplyTap {
    /// Bytes that wait; an id that stands behind them stays what it is.
    private static final int MOST_HELD = 1 << 16;

    private static final int MAX_DEPTH = 512;

    private final ReplyTap inner;
    private final UnaryOperator<String> ids;
    private @Nullable ByteBuf held;
    private boolean over;

    IdTap(ReplyTap inner, UnaryOperator<String> ids) {
        this.inner = inner;
        this.ids = ids;
    }

    ReplyTap inner() {
        return inner;
    }

    @Override
    public ByteBuf pass(ByteBuf payload) {
        ByteBuf passed = inner.pass(payload);
        if (over) {
            return passed;
        }
        ByteBuf all = joined(passed);
        Finder finder = new Finder();
        finder.read(all);
        if (!finder.found() && all.readableBytes() < MOST_HELD) {
            held = all;
            return Unpooled.EMPTY_BUFFER;
        }
        over = true;
        return finder.found() ? replaced(all, finder) : all;
    }

    private ByteBuf joined(ByteBuf passed) {
        ByteBuf before = held;
        if (before == null) {
            return passed;
        }
        held = null;
        before.writeBytes(passed);
        passed.release();
        return before;
    }

    private ByteBuf replaced(ByteBuf all, Finder finder) {
        int start = all.readerIndex() + finder.start;
        int end = all.readerIndex() + finder.end;
        byte[] id = JsonText.escapedBytes(ids.apply(all.toString(start, end - start, UTF_8)));
        ByteBuf out = all.alloc().buffer(all.readableBytes() + id.length);
        out.writeBytes(all, all.readerIndex(), start - all.readerIndex()).writeBytes(id);
        out.writeBytes(all, end, all.writerIndex() - end);
        all.release();
        return out;
    }

    @Override
    public ByteBuf finish() {
        over = true;
        ByteBuf rest = inner.finish();
        ByteBuf before = held;
        held = null;
        if (before == null) {
            return rest;
        }
        return rest.isReadable() ? Unpooled.wrappedBuffer(before, rest) : before;
    }

    @Override
    public boolean ended() {
        return inner.ended();
    }

    @Override
    public boolean endedEnough() {
        return inner.endedEnough();
    }

    @Override
    public boolean broken() {
        return inner.broken();
    }

    @Override
    public Usage usage() {
        return inner.usage();
    }

    @Override
    public boolean sawError() {
        return inner.sawError();
    }

    @Override
    public String errorKind() {
        return inner.errorKind();
    }

    @Override
    public OptionalLong errorWait() {
        return inner.errorWait();
    }

    @Override
    public boolean sawContent() {
        return inner.sawContent();
    }

    @Override
    public int contents() {
        return inner.contents();
    }

    @Override
    public StreamPosition position() {
        return inner.position();
    }

    @Override
    public void release() {
        ByteBuf before = held;
        if (before != null) {
            held = null;
            before.release();
        }
        inner.release();
    }

    /// Looks for the document's own `id`.
    private static final class Finder implements JsonEvents {
        private final JsonTokenizer tokenizer = new JsonTokenizer(1, MAX_DEPTH, this);
        private boolean wanted;
        private int start = -1;
        private int end = -1;

        void read(ByteBuf bytes) {
            tokenizer.feed(bytes, bytes.readerIndex(), bytes.writerIndex());
        }

        boolean found() {
            return end >= 0;
        }

        @Override
        public boolean key(int depth, DecodedText name) {
            wanted = depth == 1 && name.is("id");
            return false;
        }

        @Override
        public void valueStart(int depth, JsonKind kind, int offset) {
            start = wanted && depth == 1 && kind == JsonKind.String ? offset + 1 : -1;
        }

        @Override
        public void valueEnd(int depth, int offset, DecodedText text) {
            if (start >= 0) {
                end = offset - 1;
                tokenizer.stop();
            }
        }
    }
}
