package dev.llmgateway.runtime.dialect;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Cuts in one buffer and what goes in their place; reused from buffer to buffer.
final class Splices {
    private static final byte[] NOTHING = {};

    private byte[] replacement = NOTHING;
    private int count;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private byte[][] texts = new byte[8][];
    private boolean firstContinues;

    /// What goes in the place of every cut from now on.
    void replacement(byte[] bytes) {
        replacement = bytes;
    }

    void clear() {
        count = 0;
        firstContinues = false;
    }

    /// Replaces `[start, end)`; cuts come in ascending order.
    void replace(int start, int end) {
        replace(start, end, replacement);
    }

    /// The same with a text of its own.
    void replace(int start, int end, byte[] text) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            texts = Arrays.copyOf(texts, 2 * count);
        }
        starts[count] = start;
        texts[count] = text;
        ends[count++] = end;
    }

    /// Removes `[start, end)`: the rest of a value whose replacement went out with an earlier
    /// buffer.
    void goOn(int start, int end) {
        firstContinues = true;
        replace(start, end);
    }

    /// @param buffer ownership goes here and comes back, or a changed copy does
    ByteBuf apply(ByteBuf buffer) {
        if (count == 0) {
            return buffer;
        }
        int more = 0;
        for (int i = 0; i < count; i++) {
            more += texts[i].length;
        }
        ByteBuf out = buffer.alloc().buffer(buffer.readableBytes() + more);
        int from = buffer.readerIndex();
        for (int i = 0; i < count; i++) {
            out.writeBytes(buffer, from, starts[i] - from);
            if (i > 0 || !firstContinues) {
                out.writeBytes(texts[i]);
            }
            from = ends[i];
        }
        out.writeBytes(buffer, from, buffer.writerIndex() - from);
        buffer.release();
        return out;
    }
}
