package dev.llmgateway.runtime.dialect.sse;

import io.netty.buffer.ByteBuf;

/// Finds where frames of an event stream end: at a blank line, with lines ended by `\n`, `\r\n` or
/// `\r`. Resumes at every byte and keeps no input. A `\r` at the end of the bytes ends its line at
/// once, so that no event waits; a `\n` that follows opens the next frame, where it means nothing.
public final class SseFrames {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long RETURNS = ONES * '\r';

    private boolean lineIsEmpty = true;
    private boolean afterReturn;

    /// Reads on in `buffer[from, end)`.
    ///
    /// @return one past the end of the frame that is open; -1: it does not end here, and the next
    ///   call goes on behind `end`
    public int next(ByteBuf buffer, int from, int end) {
        int i = from;
        if (afterReturn && i < end) {
            afterReturn = false;
            i += buffer.getByte(i) == '\n' ? 1 : 0;
        }
        while (i < end) {
            int lineEnd = lineEnd(buffer, i, end);
            if (lineEnd > i) {
                lineIsEmpty = false;
            }
            if (lineEnd == end) {
                return -1;
            }
            i = terminated(buffer, lineEnd, end);
            boolean blank = lineIsEmpty;
            lineIsEmpty = true;
            if (blank) {
                return i;
            }
        }
        return -1;
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
        int i = from;
        for (; i <= end - 8; i += 8) {
            long word = buffer.getLongLE(i);
            long feed = word ^ LINE_FEEDS;
            long carriage = word ^ RETURNS;
            long stop = (((feed - ONES) & ~feed) | ((carriage - ONES) & ~carriage)) & HIGHS;
            if (stop != 0) {
                return i + (Long.numberOfTrailingZeros(stop) >>> 3);
            }
        }
        while (i < end && buffer.getByte(i) != '\n' && buffer.getByte(i) != '\r') {
            i++;
        }
        return i;
    }
}
