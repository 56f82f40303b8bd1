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
