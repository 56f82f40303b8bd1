package dev.llmgateway.runtime.dialect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Passes over the bytes of a JSON string that need no look, 8 or 32 at a time: bodies are prose,
/// and carry megabytes of base64.
final class PlainText {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    /// Short hops before long ones: most strings end soon.
    private static final int SHORT = 32;

    private static final byte ESCAPE = 1;
    private static final byte CHARACTER = 2;
    private static final byte[] FIRST = new byte[256];
    private static final byte[] SECOND = new byte[256];

    static {
        FIRST['\\'] = ESCAPE;
        for (char letter : "nrtbf/\"\\".toCharArray()) {
            SECOND[letter] = ESCAPE;
        }
        Arrays.fill(FIRST, 0xC2, 0xE0, CHARACTER);
        Arrays.fill(SECOND, 0x80, 0xC0, CHARACTER);
    }

    private PlainText() {}

    /// @return index of the first quote, backslash, control or non-ASCII byte, or `end`
    static int plain(byte[] bytes, int from, int end) {
        int i = from;
        int near = Math.min(end, from + SHORT) - Long.BYTES;
        for (; i <= near; i += Long.BYTES) {
            long stop = stops(bytes, i);
            if (stop != 0) {
                return i + (Long.numberOfTrailingZeros(stop) >>> 3);
            }
        }
        while (i <= end - SHORT
                && (stops(bytes, i)
                                | stops(bytes, i + 8)
                                | stops(bytes, i + 16)
                                | stops(bytes, i + 24))
                        == 0) {
            i += SHORT;
        }
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long stop = stops(bytes, i);
            if (stop != 0) {
                return i + (Long.numberOfTrailingZeros(stop) >>> 3);
            }
        }
        while (i < end && isPlain(bytes[i])) {
            i++;
        }
        return i;
    }

    /// Also passes over escapes of one letter and whole characters of UTF-8.
    ///
    /// @return index of the closing quote, of what needs a closer look, or `end`
    static int prose(byte[] bytes, int from, int end) {
        int i = plain(bytes, from, end);
        while (i < end - 1) {
            int next = pair(bytes[i], bytes[i + 1]) ? i + 2 : longer(bytes, i, end);
            if (next == i) {
                return i;
            }
            i = plain(bytes, next, end);
        }
        return i;
    }

    /// Whether two bytes are an escape of one letter, or a character: by tables, since what comes
    /// next in a text cannot be predicted.
    private static boolean pair(byte first, byte second) {
        return (FIRST[first & 0xFF] & SECOND[second & 0xFF]) != 0;
    }

    /// Behind a character of three or four bytes, or `at`.
    private static int longer(byte[] bytes, int at, int end) {
        return at + (bytes[at] < 0 ? sequence(bytes, at, end) : 0);
    }

    /// A high bit in each of the eight bytes that needs a look; the lowest one is exact, and bytes
    /// that a borrow marks lie above it.
    private static long stops(byte[] bytes, int at) {
        long word = (long) WORDS.get(bytes, at);
        return (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word)
                & HIGHS;
    }

    private static boolean isPlain(byte c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    /// Bytes of a well-formed sequence (Unicode standard, table 3-7); 0: it is none, or goes on
    /// behind `end`.
    private static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || at + length > end) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean well =
                switch (lead) {
                    case 0xE0 -> second >= 0xA0;
                    case 0xED -> second <= 0x9F;
                    case 0xF0 -> second >= 0x90;
                    case 0xF4 -> second <= 0x8F;
                    default -> true;
                };
        return well ? length : 0;
    }
}
