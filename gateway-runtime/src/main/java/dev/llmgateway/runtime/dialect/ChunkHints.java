package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.sse.SseFrame;
import io.netty.buffer.ByteBuf;

/// A cheap look at a Chat chunk: does it hold a `usage` object, a `finish_reason` or an `error`
/// that is not null? Compares the bytes behind each quote; may say yes wrongly, never no.
final class ChunkHints {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long SIX_BYTES = (1L << 48) - 1;
    private static final long USAGE = word("usage\"");
    private static final long ERROR = word("error\"");
    private static final long FINISH = word("finish_r");
    private static final int FINISH_LENGTH = "finish_reason\"".length();

    private ChunkHints() {}

    static boolean worthParsing(SseFrame frame) {
        for (int line = 0; line < frame.lines(); line++) {
            if (worthParsing(frame.buffer(), frame.start(line), frame.end(line))) {
                return true;
            }
        }
        return false;
    }

    private static boolean worthParsing(ByteBuf buffer, int from, int end) {
        for (int i = quote(buffer, from, end); i < end; i = quote(buffer, i + 1, end)) {
            if (end - i > 8 && names(buffer, i + 1, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(ByteBuf buffer, int at, int end) {
        long word = buffer.getLongLE(at);
        long six = word & SIX_BYTES;
        if (six == USAGE || six == ERROR) {
            return hasValue(buffer, at + 6, end);
        }
        return word == FINISH && hasValue(buffer, at + FINISH_LENGTH, end);
    }

    /// Whether a colon and something else than `null` follow. A line that ends first may go on in
    /// the next.
    private static boolean hasValue(ByteBuf buffer, int from, int end) {
        boolean colon = false;
        for (int i = from; i < end; i++) {
            byte c = buffer.getByte(i);
            if (c == ':') {
                colon = true;
            } else if (c != ' ' && c != '\t') {
                return colon && c != 'n';
            }
        }
        return true;
    }

    private static int quote(ByteBuf buffer, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            long quote = buffer.getLongLE(i) ^ QUOTES;
            long stop = (quote - ONES) & ~quote & HIGHS;
            if (stop != 0) {
                return i + (Long.numberOfTrailingZeros(stop) >>> 3);
            }
        }
        while (i < end && buffer.getByte(i) != '"') {
            i++;
        }
        return i;
    }

    private static long word(String ascii) {
        long word = 0;
        for (int i = 0; i < ascii.length(); i++) {
            word |= (long) ascii.charAt(i) << (8 * i);
        }
        return word;
    }
}
