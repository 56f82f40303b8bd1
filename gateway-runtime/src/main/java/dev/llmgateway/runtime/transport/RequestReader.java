package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Splits what one client sends into heads and bodies, a step at a time, and keeps what was not
/// taken yet. No byte behind a request is looked at before that request is over.
final class RequestReader {
    /// Where a step leads.
    interface Sink {
        /// A head was read; it may be refused by the guard.
        void head(ParsedHead head);

        /// Bytes of the body; ownership goes to the sink.
        ///
        /// @param last the body is complete
        void body(ByteBuf bytes, boolean last);

        /// Nothing behind this can be trusted.
        void malformed(Refusal refusal);
    }

    private enum State {
        Head,
        Length,
        Chunks,
        Broken
    }

    private static final Refusal BAD_HEAD = new Refusal(400, "malformed request head", true);
    private static final Refusal BAD_CHUNKS = new Refusal(400, "malformed request body", true);
    private static final Refusal EMPTY_LINES = new Refusal(431, "empty lines for ever", true);

    private final ByteBufAllocator allocator;
    private final ParsedHead head;
    private final HeadScan scan;
    private final ChunkWalker chunks = new ChunkWalker(false);
    private final int mostEmpty;
    private @Nullable ByteBuf rest;
    private State state = State.Head;
    private int emptyLines;
    private long left;

    RequestReader(Channel channel, HttpLimits limits) {
        this.allocator = channel.alloc();
        this.head = new ParsedHead(channel, limits);
        this.scan = new HeadScan(limits);
        this.mostEmpty = limits.headerBytes() / 2;
    }

    /// Whether a head has begun to arrive and is not complete.
    boolean headBegun() {
        return state == State.Head && rest != null;
    }

    /// Bytes that wait for their turn.
    int waiting() {
        return rest == null ? 0 : rest.readableBytes();
    }

    /// Takes what was read.
    void add(ByteBuf read) {
        ByteBuf before = rest;
        if (before == null || !before.isReadable()) {
            release();
            rest = read;
            return;
        }
        int bytes = before.readableBytes() + read.readableBytes();
        if (before.refCnt() == 1
                && before.maxWritableBytes() >= read.readableBytes()
                && before.isWritable(read.readableBytes())) {
            before.writeBytes(read);
        } else {
            ByteBuf joined = allocator.directBuffer(bytes + bytes / 2);
            joined.writeBytes(before).writeBytes(read);
            before.release();
            rest = joined;
        }
        read.release();
    }

    void release() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    /// Goes one step on.
    ///
    /// @return false when more must come first
    boolean step(Sink sink) {
        return switch (state) {
            case Head -> head(sink);
            case Length -> length(sink);
            case Chunks -> chunks(sink);
            case Broken -> {
                release();
                yield false;
            }
        };
    }

    private boolean broken(Sink sink, Refusal refusal) {
        state = State.Broken;
        release();
        sink.malformed(refusal);
        return false;
    }

    private boolean head(Sink sink) {
        try {
            if (!parsed()) {
                return false;
            }
        } catch (RefusedRequest e) {
            return broken(sink, e.refusal());
        } catch (MalformedMessage _) {
            return broken(sink, BAD_HEAD);
        }
        begin(head.framing());
        sink.head(head);
        return true;
    }

    private boolean parsed() {
        ByteBuf bytes = rest;
        if (bytes == null || !atHead(bytes)) {
            return false;
        }
        int from = bytes.readerIndex();
        int length = scan.find(bytes, from, bytes.writerIndex());
        if (length < 0) {
            return false;
        }
        head.parse(bytes, from, from + length);
        bytes.skipBytes(length);
        releaseIfEmpty();
        scan.reset();
        emptyLines = 0;
        return true;
    }

    /// Passes over empty lines, which some clients send behind a body (RFC 9112 2.2).
    private boolean atHead(ByteBuf bytes) {
        while (bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == '\r') {
            if (bytes.readableBytes() == 1) {
                return false;
            }
            FieldLines.require(bytes.getByte(bytes.readerIndex() + 1) == '\n', "line end");
            bytes.skipBytes(2);
            if (++emptyLines > mostEmpty) {
                throw new RefusedRequest(EMPTY_LINES);
            }
        }
        releaseIfEmpty();
        return rest != null;
    }

    private void begin(RequestFraming framing) {
        if (framing.coded()) {
            state = State.Chunks;
            chunks.begin();
        } else {
            state = State.Length;
            left = Math.max(framing.length(), 0);
        }
    }

    private boolean length(Sink sink) {
        ByteBuf bytes = rest;
        if (left == 0) {
            state = State.Head;
            sink.body(Unpooled.EMPTY_BUFFER, true);
            return true;
        }
        if (bytes == null) {
            return false;
        }
        int count = (int) Math.min(left, bytes.readableBytes());
        left -= count;
        boolean last = left == 0;
        if (last) {
            state = State.Head;
        }
        sink.body(taken(bytes, count), last);
        return true;
    }

    /// The next bytes; a buffer that ends with them is given away whole.
    private ByteBuf taken(ByteBuf bytes, int count) {
        if (count == bytes.readableBytes()) {
            rest = null;
            return bytes;
        }
        return bytes.readRetainedSlice(count);
    }

    private boolean chunks(Sink sink) {
        ByteBuf bytes = rest;
        if (bytes == null) {
            return false;
        }
        ByteBuf payload = allocator.directBuffer(bytes.readableBytes());
        try {
            bytes.readerIndex(
                    chunks.walk(bytes, bytes.readerIndex(), bytes.writerIndex(), payload));
        } catch (MalformedMessage _) {
            payload.release();
            return broken(sink, BAD_CHUNKS);
        }
        releaseIfEmpty();
        boolean last = chunks.done();
        if (last) {
            state = State.Head;
        }
        if (last || payload.isReadable()) {
            sink.body(payload, last);
        } else {
            payload.release();
        }
        return true;
    }

    private void releaseIfEmpty() {
        if (rest != null && !rest.isReadable()) {
            release();
        }
    }
}
