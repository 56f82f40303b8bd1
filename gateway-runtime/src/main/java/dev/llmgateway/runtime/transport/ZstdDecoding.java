package dev.llmgateway.runtime.transport;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One zstd frame. Its head is read here first, since it says how much memory the rest needs.
final class ZstdDecoding implements Decoding {
    /// 8 MiB: what the content coding `zstd` may ask for at most (RFC 9659).
    private static final int MAX_WINDOW_LOG = 23;

    /// What the decoder holds beside its window: tables and two blocks of 128 KiB.
    private static final long TABLES_AND_BLOCKS = 448 << 10;

    private static final int LONGEST_HEAD = 18;

    /// Bytes of the frame's content size by the flag in the descriptor's top bits (RFC 8878,
    /// 3.1.1.1.1).
    private static final int[] SIZE_BYTES = {0, 2, 4, 8};

    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};

    private final ByteBufAllocator allocator;
    private final ByteBuf head;
    private @Nullable ZstdDecompressCtx context;
    private long memory;
    private boolean ended;

    ZstdDecoding(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.head = allocator.directBuffer(LONGEST_HEAD, LONGEST_HEAD);
    }

    /// Makes the native code ready; harmless to repeat. It is unpacked and linked, which takes
    /// longer than a loop may stand still: called once at the start, off the loops.
    ///
    /// @throws LinkageError where it cannot
    static void load() {
        Native.load();
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out) {
        if (memory == 0) {
            readHead(in);
            return; // the caller finds room for the memory now known before it goes on
        }
        if (context == null) {
            context = new ZstdDecompressCtx().setLongMax(MAX_WINDOW_LOG);
        }
        if (head.isReadable()) {
            run(context, head, out);
        }
        if (in.isReadable() && !ended) {
            run(context, in, out);
        } else if (!ended && out.isWritable()) {
            run(context, head, out); // flushes what an earlier room was too small for
        }
    }

    private void run(ZstdDecompressCtx decoder, ByteBuf in, ByteBuf out) {
        ByteBuf source = in.isDirect() && in.nioBufferCount() == 1 ? in : null;
        ByteBuf copy = source == null ? allocator.directBuffer(in.readableBytes()) : null;
        try {
            if (copy != null) {
                copy.writeBytes(in, in.readerIndex(), in.readableBytes());
            }
            ByteBuffer from = (copy != null ? copy : in).nioBuffer();
            ByteBuffer to = out.nioBuffer(out.writerIndex(), out.writableBytes());
            int start = from.position();
            run(decoder, from, to);
            in.skipBytes(from.position() - start);
            out.writerIndex(out.writerIndex() + to.position());
        } finally {
            if (copy != null) {
                copy.release();
            }
        }
    }

    private void run(ZstdDecompressCtx decoder, ByteBuffer from, ByteBuffer to) {
        try {
            int moved;
            do {
                moved = from.remaining() + to.remaining();
                ended = decoder.decompressDirectByteBufferStream(to, from);
                moved -= from.remaining() + to.remaining();
            } while (moved > 0 && !ended && from.hasRemaining() && to.hasRemaining());
        } catch (ZstdException _) {
            throw new CorruptBody("the zstd data is corrupt");
        }
    }

    private void readHead(ByteBuf in) {
        while (in.isReadable() && head.readableBytes() < headLength()) {
            head.writeByte(in.readByte());
            checkMagic();
        }
        if (head.readableBytes() >= headLength()) {
            long window = window();
            if (window > 1L << MAX_WINDOW_LOG) {
                throw new CorruptBody("the zstd frame needs a window of more than 8 MiB");
            }
            memory = window + TABLES_AND_BLOCKS;
        }
    }

    private void checkMagic() {
        if (ContentCoding.Magic.of(head) == ContentCoding.Magic.No) {
            throw new CorruptBody("the body is not zstd");
        }
    }

    /// Bytes of the head, as far as they can be known yet.
    private int headLength() {
        if (head.readableBytes() < 5) {
            return 5;
        }
        int descriptor = head.getByte(4);
        return 5
                + (singleSegment() ? 0 : 1)
                + DICTIONARY_BYTES[descriptor & 3]
                + sizeBytes(descriptor);
    }

    private boolean singleSegment() {
        return (head.getByte(4) & 0x20) != 0;
    }

    private int sizeBytes(int descriptor) {
        int flag = (descriptor >> 6) & 3;
        return flag == 0 && singleSegment() ? 1 : SIZE_BYTES[flag];
    }

    /// Bytes that the decoder must keep of what it has decoded.
    private long window() {
        int descriptor = head.getByte(4);
        if (!singleSegment()) {
            int exponent = head.getUnsignedByte(5);
            long base = 1L << (10 + (exponent >> 3));
            return base + (base / 8) * (exponent & 7);
        }
        int at = 5 + DICTIONARY_BYTES[descriptor & 3];
        return switch (sizeBytes(descriptor)) {
            case 1 -> head.getUnsignedByte(at);
            case 2 -> head.getUnsignedShortLE(at) + 256L;
            case 4 -> head.getUnsignedIntLE(at);
            default -> head.getLongLE(at) < 0 ? Long.MAX_VALUE : head.getLongLE(at);
        };
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public long memory() {
        return memory;
    }

    @Override
    public void close() {
        head.release();
        if (context != null) {
            context.close();
        }
    }
}
