package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes one reply as HTTP/1.1: head and first bytes in one write, one flush per upstream read,
/// chunks framed anew. A cut never looks like an end: no last chunk is sent.
final class Http1Exchange implements Downstream {
    /// Payloads up to this are copied beside their framing: one buffer, one write.
    private static final int COPIED = 4 << 10;

    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED =
            "transfer-encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int CRLF = 0x0d0a;

    private final ClientConnection connection;
    private final ChannelHandlerContext context;
    private final boolean headMethod;
    private @Nullable ByteBuf pending;
    private @Nullable HeaderLines always;

    /// Declared bytes still to come; -1: nothing was declared.
    private long left;

    private boolean chunked;
    private boolean bodiless;
    private boolean headSent;
    private boolean dirty;
    private boolean over;

    Http1Exchange(ClientConnection connection, ChannelHandlerContext context, boolean headMethod) {
        this.connection = connection;
        this.context = context;
        this.headMethod = headMethod;
    }

    boolean over() {
        return over;
    }

    /// Nothing can be written any more; buffers are given back.
    void discard() {
        over = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    void sendContinue() {
        context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), context.voidPromise());
    }

    @Override
    public void everyReply(HeaderLines lines) {
        always = lines;
    }

    @Override
    public void respond(Response response) {
        if (over) {
            return;
        }
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        boolean close = connection.endsWith(response.close());
        ByteBuf out = start(response.status(), response.headers(), body.length, close);
        if (!withoutBody(response.status())) {
            out.writeBytes(body);
        }
        context.write(out, context.voidPromise());
        finish();
    }

    @Override
    public void head(int status, HeaderLines headers, long contentLength) {
        if (over) {
            return;
        }
        headSent = true;
        bodiless = withoutBody(status);
        chunked = contentLength < 0 && !bodiless;
        left = bodiless ? 0 : contentLength;
        pending = start(status, headers, contentLength, connection.endsWith(false));
    }

    private boolean withoutBody(int status) {
        return headMethod || status == 204 || status == 304;
    }

    private ByteBuf start(int status, HeaderLines headers, long contentLength, boolean close) {
        int room =
                headers.length()
                        + 128
                        + (contentLength > 0 ? (int) Math.min(contentLength, COPIED) : 0);
        ByteBuf out = context.alloc().directBuffer(room);
        out.writeBytes(StatusLines.of(status));
        out.writeBytes(headers.bytes(), 0, headers.length());
        if (always != null) {
            out.writeBytes(always.bytes(), 0, always.length());
        }
        if (contentLength >= 0 && status != 204) {
            out.writeBytes(LENGTH);
            Numbers.decimal(out, contentLength);
            out.writeShort(CRLF);
        } else if (status != 204 && status != 304) {
            out.writeBytes(CHUNKED);
        }
        if (close) {
            out.writeBytes(CLOSE);
        }
        return out.writeShort(CRLF);
    }

    @Override
    public void data(ByteBuf payload) {
        int length = payload.readableBytes();
        if (over || length == 0 || bodiless) {
            payload.release();
            return;
        }
        if (left >= 0 && length > left) {
            payload.release();
            contradicted();
            return;
        }
        left -= left < 0 ? 0 : length;
        ByteBuf out =
                pending != null ? pending : (chunked || length <= COPIED ? room(length) : null);
        if (chunked && out != null) {
            Numbers.hexadecimal(out, length);
            out.writeShort(CRLF);
        }
        if (out != null && length <= COPIED) {
            out.writeBytes(payload);
            payload.release();
            pending = chunked ? out.writeShort(CRLF) : out;
            return;
        }
        if (out != null) {
            context.write(out, context.voidPromise());
        }
        context.write(payload, context.voidPromise());
        pending = chunked ? context.alloc().directBuffer(256).writeShort(CRLF) : null;
        dirty = true;
    }

    /// The application broke its own declaration: what follows would be read as another reply. The
    /// consumer hears of the end when the channel has closed.
    private void contradicted() {
        if (left == Long.MAX_VALUE) {
            return;
        }
        left = Long.MAX_VALUE;
        connection.loop().failed(new IllegalStateException("a reply against its content-length"));
        connection.cut();
    }

    private ByteBuf room(int length) {
        return context.alloc().directBuffer((length <= COPIED ? length : 0) + 64);
    }

    @Override
    public void flush() {
        if (over) {
            return;
        }
        if (pending != null) {
            context.write(pending, context.voidPromise());
            pending = null;
            dirty = true;
        }
        if (dirty) {
            dirty = false;
            context.flush();
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        if (left > 0) {
            contradicted();
            return;
        }
        if (chunked) {
            pending =
                    (pending != null ? pending : context.alloc().directBuffer(16))
                            .writeBytes(LAST_CHUNK);
        }
        if (pending != null) {
            context.write(pending, context.voidPromise());
            pending = null;
        }
        finish();
    }

    private void finish() {
        over = true;
        context.flush();
        connection.replied();
    }

    @Override
    public void abort() {
        if (!over) {
            discard();
            connection.cut();
        }
    }

    @Override
    public boolean writable() {
        return over || context.channel().isWritable();
    }

    @Override
    public boolean headSent() {
        return headSent;
    }

    @Override
    public ByteBufAllocator allocator() {
        return context.alloc();
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }
}
