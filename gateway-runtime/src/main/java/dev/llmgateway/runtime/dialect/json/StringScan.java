package dev.llmgateway.runtime.dialect.json;

/// The inside of a JSON string: finds its end, refuses what RFC 8259 and UTF-8 forbid, and decodes
/// it when asked. Resumes at every byte.
final class StringScan {
    private enum State {
        Body,
        Escape,
        Unicode,
        Multibyte
    }

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

    /// Whether the text is being decoded.
    boolean captures() {
        return capture;
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
    int scan(TextWindow window, int from, int end) {
        int i = from;
        while (i < end && !closed && problem.isEmpty()) {
            i =
                    switch (state) {
                        case Body -> body(window, i, end);
                        case Escape -> escape(window.at(i), i);
                        case Unicode -> unicode(window.at(i), i);
                        case Multibyte -> multibyte(window, i, end);
                    };
        }
        return i;
    }

    private int body(TextWindow window, int from, int end) {
        int i = capture ? window.plain(from, end) : window.prose(from, end);
        if (capture && i > from) {
            text.append(window.bytes(), from, i - from);
        }
        if (i == end) {
            return i;
        }
        byte c = window.at(i);
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

    /// Takes a whole plain text at once.
    void take(TextWindow window, int from, int end) {
        text.append(window.bytes(), from, end - from);
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

    private int multibyte(TextWindow window, int from, int end) {
        int i = from;
        while (i < end) {
            int c = window.at(i) & 0xFF;
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
            text.append(window.bytes(), from, i - from);
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
