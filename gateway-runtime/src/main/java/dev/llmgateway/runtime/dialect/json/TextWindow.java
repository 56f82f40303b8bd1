package dev.llmgateway.runtime.dialect.json;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Some bytes of a document on the heap, small enough for the processor's first cache, with a mark
/// on every byte that needs a look inside a string: quotes, backslashes, controls, all but ASCII.
/// The marks are made by a loop that the compiler turns into vector instructions (0.8 us for 50
/// KB); bodies are prose, and carry megabytes of base64.
final class TextWindow {
    static final int CAPACITY = 16 << 10;

    private static final ThreadLocal<TextWindow> CURRENT = ThreadLocal.withInitial(TextWindow::new);
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long TO_SPACE = ONES * (0x80 - ' ');

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

    private final byte[] bytes = new byte[CAPACITY];

    /// One word for eight bytes, the high bit of a byte is its mark.
    private final long[] marks = new long[CAPACITY / Long.BYTES];

    private TextWindow() {}

    /// The window of this thread; one document is read at a time.
    static TextWindow current() {
        return CURRENT.get();
    }

    /// Takes `count` bytes of a buffer; they are here from index 0 on.
    void load(ByteBuf buffer, int from, int count) {
        buffer.getBytes(from, bytes, 0, count);
        mark(bytes, marks, (count + Long.BYTES - 1) / Long.BYTES);
    }

    /// A byte below 0x80 is no quote when its difference to one, plus 0x7f, reaches the high bit;
    /// and no control when it does so with 0x60 added.
    private static void mark(byte[] bytes, long[] marks, int words) {
        for (int i = 0; i < words; i++) {
            long word = (long) WORDS.get(bytes, i * Long.BYTES);
            long low = word & LOWS;
            long unmarked =
                    ((low ^ QUOTES) + LOWS) & ((low ^ BACKSLASHES) + LOWS) & (low + TO_SPACE);
            marks[i] = (~unmarked | word) & HIGHS;
        }
    }

    byte at(int index) {
        return bytes[index];
    }

    byte[] bytes() {
        return bytes;
    }

    /// @return index of the first quote, backslash, control or non-ASCII byte, or `end`
    int plain(int from, int end) {
        if (from >= end) {
            return end;
        }
        int word = from >>> 3;
        long mark = marks[word] & (-1L << (from << 3));
        while (mark == 0) {
            word++;
            if (word << 3 >= end) {
                return end;
            }
            mark = marks[word];
        }
        return Math.min(end, (word << 3) + (Long.numberOfTrailingZeros(mark) >>> 3));
    }

    /// Also passes over escapes of one letter and whole characters of UTF-8.
    ///
    /// @return index of the closing quote, of what needs a closer look, or `end`
    int prose(int from, int end) {
        int i = plain(from, end);
        while (i < end - 1) {
            int next = pair(bytes[i], bytes[i + 1]) ? i + 2 : longer(i, end);
            if (next == i) {
                return i;
            }
            i = plain(next, end);
        }
        return i;
    }

    /// Whether two bytes are an escape of one letter, or a character: by tables, since what comes
    /// next in a text cannot be predicted.
    private static boolean pair(byte first, byte second) {
        return (FIRST[first & 0xFF] & SECOND[second & 0xFF]) != 0;
    }

    /// Behind a character of three or four bytes, or `at`.
    private int longer(int at, int end) {
        return at + (bytes[at] < 0 ? sequence(at, end) : 0);
    }

    /// Bytes of a well-formed sequence (Unicode standard, table 3-7); 0: it is none, or goes on
    /// behind `end`.
    private int sequence(int at, int end) {
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
