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

    /// Bytes of a quote and the word that is compared behind it; a member with a value is longer.
    private static final int SHORTEST = 9;

    private ChunkHints() {}

    /// Data in several lines, which no vendor sends, is always worth it.
    static boolean worthParsing(SseFrame frame) {
        return frame.lines() > 1
                || (frame.lines() == 1
                        && worthParsing(frame.buffer(), frame.start(0), frame.end(0)));
    }

    /// All quotes of a word are taken from one mask. Its borrows may mark bytes that are no quotes;
    /// the names behind them then do not match.
    private static boolean worthParsing(ByteBuf buffer, int from, int end) {
        int last = end - SHORTEST;
        int i = from;
        for (; i <= last - 8; i += 8) {
            long quote = buffer.getLongLE(i) ^ QUOTES;
            for (long marks = (quote - ONES) & ~quote & HIGHS; marks != 0; marks &= marks - 1) {
                int at = i + (Long.numberOfTrailingZeros(marks) >>> 3) + 1;
                if (names(buffer, at, end)) {
                    return true;
                }
            }
        }
        for (; i <= last; i++) {
            if (buffer.getByte(i) == '"' && names(buffer, i + 1, end)) {
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

    /// Whether a colon and something else than `null` follow.
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
        return false;
    }

    private static long word(String ascii) {
        long word = 0;
        for (int i = 0; i < ascii.length(); i++) {
            word |= (long) ascii.charAt(i) << (8 * i);
        }
        return word;
    }
}
