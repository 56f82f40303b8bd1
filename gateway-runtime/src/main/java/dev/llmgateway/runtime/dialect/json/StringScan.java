package dev.llmgateway.runtime.dialect.json;

import io.netty.buffer.ByteBuf;

/// The inside of a JSON string: finds its end, refuses what RFC 8259 and UTF-8 forbid, and decodes
/// it when asked. Resumes at every byte.
final class StringScan {
    private enum State {
        Body,
        Escape,
        Unicode,
        Multibyte
    }

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private final DecodedText text = new DecodedText();
    private State state = State.Body;
    private boolean capture;
    private boolean closed;
    private String problem = "";
    private int hexDigits;
    private int unit;
    private int continuations;
    private int lowest;
    private int highest;

    void open(boolean captureText) {
        state = State.Body;
        closed = false;
        problem = "";
        continuations = 0;
        capture = captureText;
        if (captureText) {
            text.clear();
        }
    }

    boolean closed() {
        return closed;
    }

    /// Empty: none so far.
    String problem() {
        return problem;
    }

    DecodedText text() {
        return text;
    }

    /// Reads on until the closing quote, a problem, or the end.
    ///
    /// @return one past the closing quote, the offending byte, or `end`
    int scan(ByteBuf buffer, int from, int end) {
        int i = from;
        while (i < end && !closed && problem.isEmpty()) {
            i =
                    switch (state) {
                        case Body -> body(buffer, i, end);
                        case Escape -> escape(buffer.getByte(i), i);
                        case Unicode -> unicode(buffer.getByte(i), i);
                        case Multibyte -> multibyte(buffer, i, end);
                    };
        }
        return i;
    }

    private int body(ByteBuf buffer, int from, int end) {
        int i = plain(buffer, from, end);
        if (capture && i > from) {
            text.append(buffer, from, i - from);
        }
        // Prose is full of short escapes; no need to leave this loop for them.
        while (!capture && i < end - 1 && isShortEscape(buffer, i)) {
            i = plain(buffer, i + 2, end);
        }
        if (i == end) {
            return i;
        }
        byte c = buffer.getByte(i);
        if (c == '"') {
            text.end();
            closed = true;
            return i + 1;
        }
        if (c == '\\') {
            state = State.Escape;
            return i + 1;
        }
        if (c < 0) {
            state = State.Multibyte;
            return i;
        }
        problem = "control character in a string";
        return i;
    }

    /// Skips bytes that need no look: 8 at a time, since bodies carry megabytes of base64.
    private static int plain(ByteBuf buffer, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            long word = buffer.getLongLE(i);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long stop =
                    (((quote - ONES) & ~quote)
                                    | ((backslash - ONES) & ~backslash)
                                    | ((word - SPACES) & ~word)
                                    | word)
                            & HIGHS;
            if (stop != 0) {
                return i + (Long.numberOfTrailingZeros(stop) >>> 3);
            }
        }
        while (i < end && isPlain(buffer.getByte(i))) {
            i++;
        }
        return i;
    }

    private static boolean isShortEscape(ByteBuf buffer, int at) {
        if (buffer.getByte(at) != '\\') {
            return false;
        }
        byte c = buffer.getByte(at + 1);
        return c == 'n' || c == '"' || c == '\\' || c == 't' || c == 'r' || c == '/';
    }

    private static boolean isPlain(byte c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    private int escape(byte c, int i) {
        int decoded =
                switch (c) {
                    case '"', '\\', '/' -> c;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'u' -> 0;
                    default -> -1;
                };
        if (decoded < 0) {
            problem = "unknown escape in a string";
            return i;
        }
        if (c == 'u') {
            hexDigits = 0;
            unit = 0;
            state = State.Unicode;
            return i + 1;
        }
        decoded(decoded);
        return i + 1;
    }

    private int unicode(byte c, int i) {
        int digit = c < 0 ? -1 : Character.digit(c, 16);
        if (digit < 0) {
            problem = "bad \\u escape in a string";
            return i;
        }
        unit = (unit << 4) | digit;
        if (++hexDigits == 4) {
            decoded(unit);
        }
        return i + 1;
    }

    private void decoded(int codeUnit) {
        state = State.Body;
        if (capture) {
            text.unit(codeUnit);
        }
    }

    private int multibyte(ByteBuf buffer, int from, int end) {
        int i = from;
        while (i < end) {
            int c = buffer.getByte(i) & 0xFF;
            if (continuations == 0 && c < 0x80) {
                state = State.Body;
                break;
            }
            if (continuations == 0 ? !lead(c) : !continuation(c)) {
                problem = "bytes of a string are not UTF-8";
                return i;
            }
            i++;
        }
        if (capture && i > from) {
            text.append(buffer, from, i - from);
        }
        return i;
    }

    /// Well-formed sequences of the Unicode standard, table 3-7: no overlong forms, no surrogates.
    private boolean lead(int c) {
        lowest = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        highest = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        continuations = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        return c >= 0xC2 && c <= 0xF4;
    }

    private boolean continuation(int c) {
        if (c < lowest || c > highest) {
            return false;
        }
        lowest = 0x80;
        highest = 0xBF;
        continuations--;
        return true;
    }
}
