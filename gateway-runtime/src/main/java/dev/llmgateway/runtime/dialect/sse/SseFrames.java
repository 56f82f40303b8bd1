package dev.llmgateway.runtime.dialect.sse;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds where frames of an event stream end: at a blank line, with lines ended by `\n`, `\r\n` or
/// `\r`. Resumes at every byte and keeps no input. A `\r` at the end of the bytes ends its line at
/// once, so that no event waits; a `\n` that follows opens the next frame, where it means nothing.
public final class SseFrames {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long UP_TO_RETURN = ONES * ('\r' + 1);

    /// Lines of a frame whose ends are kept: no provider sends more than three.
    private static final int MOST_NOTED = 16;

    private boolean lineIsEmpty = true;
    private boolean afterReturn;
    private boolean resumed;
    private boolean linesKnown;
    private int[] lineEnds = new int[4];
    private int lineCount;

    /// Reads on in `buffer[from, end)`.
    ///
    /// @return one past the end of the frame that is open; -1: it does not end here, and the next
    ///   call goes on behind `end`
    public int next(ByteBuf buffer, int from, int end) {
        linesKnown = !resumed;
        lineCount = 0;
        int i = from;
        if (afterReturn && i < end) {
            afterReturn = false;
            i += skipped(buffer, i);
        }
        while (i < end) {
            int lineEnd = lineEnd(buffer, i, end);
            if (lineEnd > i) {
                lineIsEmpty = false;
            }
            if (lineEnd == end) {
                break;
            }
            note(lineEnd);
            i = terminated(buffer, lineEnd, end);
            boolean blank = lineIsEmpty;
            lineIsEmpty = true;
            if (blank) {
                resumed = false;
                return i;
            }
        }
        resumed |= end > from;
        return -1;
    }

    /// Whether [#lineEnd(int)] tells of all lines of the frame that was found last: it lay in the
    /// bytes of one call.
    boolean knowsLines() {
        return linesKnown;
    }

    /// Index of what ends a line of the frame that was found last.
    int lineEnd(int line) {
        return lineEnds[line];
    }

    private int skipped(ByteBuf buffer, int at) {
        if (buffer.getByte(at) != '\n') {
            return 0;
        }
        note(at);
        return 1;
    }

    private void note(int lineEnd) {
        if (lineCount == lineEnds.length) {
            if (lineCount == MOST_NOTED) {
                linesKnown = false;
                return;
            }
            lineEnds = Arrays.copyOf(lineEnds, 2 * lineCount);
        }
        lineEnds[lineCount++] = lineEnd;
    }

    private int terminated(ByteBuf buffer, int lineEnd, int end) {
        int i = lineEnd + 1;
        if (buffer.getByte(lineEnd) == '\r') {
            if (i == end) {
                afterReturn = true;
            } else if (buffer.getByte(i) == '\n') {
                i++;
            }
        }
        return i;
    }

    /// Index of the next `\n` or `\r`, or `end`.
    static int lineEnd(ByteBuf buffer, int from, int end) {
        if (buffer.hasArray()) {
            int offset = buffer.arrayOffset();
            return lineEnd(buffer.array(), offset + from, offset + end) - offset;
        }
        int i = from;
        while (i < end) {
            long controls = i <= end - 8 ? controls(buffer.getLongLE(i)) : HIGHS;
            i += Long.numberOfTrailingZeros(controls) >>> 3;
            if (controls != 0 && endsLine(buffer.getByte(i))) {
                return i;
            }
            i += controls != 0 ? 1 : 0;
        }
        return end;
    }

    private static int lineEnd(byte[] bytes, int from, int end) {
        int i = control(bytes, from, end);
        while (i < end && !endsLine(bytes[i])) {
            i = control(bytes, i + 1, end);
        }
        return i;
    }

    /// Index of the next control character that may end a line, or `end`. Data has few: in JSON
    /// they are escaped.
    private static int control(byte[] bytes, int from, int end) {
        int i = from;
        for (; i <= end - 16; i += 16) {
            long first = controls((long) WORDS.get(bytes, i));
            long second = controls((long) WORDS.get(bytes, i + 8));
            if ((first | second) != 0) {
                int at = first != 0 ? i : i + 8;
                return at + (Long.numberOfTrailingZeros(first != 0 ? first : second) >>> 3);
            }
        }
        while (i < end && (bytes[i] < 0 || bytes[i] > '\r')) {
            i++;
        }
        return i;
    }

    /// The lowest bit set tells the first byte that is `\r` or less; 0: none is.
    private static long controls(long word) {
        return (word - UP_TO_RETURN) & ~word & HIGHS;
    }

    private static boolean endsLine(byte b) {
        return b == '\n' || b == '\r';
    }
}
