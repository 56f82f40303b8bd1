package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One gzip member: head, deflate data, checksum and length.
final class GzipDecoding implements Decoding {
    private static final int TAIL = 8;

    /// What zlib's inflate holds: its 32 KiB window and its tables.
    private static final long MEMORY = 48 << 10;

    private final GzipHead head = new GzipHead();
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean headRead;
    private long tail;
    private int tailRead;

    @Override
    public void decode(ByteBuf in, ByteBuf out) {
        headRead = headRead || head.read(in);
        if (headRead && !inflater.finished()) {
            inflate(in, out);
        }
        if (inflater.finished()) {
            readTail(in);
        }
    }

    private void inflate(ByteBuf in, ByteBuf out) {
        ByteBuffer source = in.nioBuffer();
        ByteBuffer target = out.nioBuffer(out.writerIndex(), out.writableBytes());
        ByteBuffer written = target.duplicate();
        inflater.setInput(source);
        try {
            inflater.inflate(target);
        } catch (DataFormatException _) {
            throw new CorruptBody("the gzip data is corrupt");
        }
        in.skipBytes(source.position());
        out.writerIndex(out.writerIndex() + target.position());
        crc.update(written.limit(target.position()));
    }

    private void readTail(ByteBuf in) {
        while (tailRead < TAIL && in.isReadable()) {
            tail |= (in.readByte() & 0xffL) << (8 * tailRead++);
        }
        if (ended() && (tail != (crc.getValue() | (inflater.getBytesWritten() << 32)))) {
            throw new CorruptBody("the gzip checksum or length is wrong");
        }
    }

    @Override
    public boolean ended() {
        return tailRead == TAIL;
    }

    @Override
    public long memory() {
        return MEMORY;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
