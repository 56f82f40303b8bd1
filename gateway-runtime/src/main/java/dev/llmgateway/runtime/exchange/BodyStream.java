package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.RequestBody;
import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.util.Iterator;

/// A body read as a stream, without copying or owning it: for the rare paths that need a real
/// parser.
final class BodyStream extends InputStream {
    private final Iterator<ByteBuf> segments;
    private ByteBuf current;
    private int at;

    private BodyStream(RequestBody body) {
        this.segments = body.segments().iterator();
        this.current = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    }

    static InputStream of(RequestBody body) {
        return new BodyStream(body);
    }

    /// @param offset bytes that are left out
    static InputStream of(RequestBody body, int offset) {
        BodyStream stream = new BodyStream(body);
        stream.forward(offset);
        return stream;
    }

    private void forward(int bytes) {
        int left = bytes;
        while (left > 0 && advance()) {
            int step = Math.min(left, current.writerIndex() - at);
            at += step;
            left -= step;
        }
    }

    @Override
    public int read() {
        return advance() ? current.getByte(at++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, current.writerIndex() - at);
        current.getBytes(at, target, offset, count);
        at += count;
        return count;
    }

    private boolean advance() {
        while (at >= current.writerIndex()) {
            if (!segments.hasNext()) {
                return false;
            }
            current = segments.next();
            at = current.readerIndex();
        }
        return true;
    }
}
