package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of one head and where its field lines lie. Strict: a name is a token with its colon
/// behind it, a line ends with CR LF and holds no control byte but TAB. Used again from head to
/// head; texts that stayed the same are the same objects.
final class FieldLines {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        String token =
                "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        token.chars().forEach(c -> TOKEN[c] = true);
    }

    /// Heads are a few hundred bytes; room grows in steps, since every connection keeps some.
    private static final int STEP = 256;

    /// No message is a petabyte.
    private static final long LARGEST = 1_000_000_000_000_000L;

    private final int most;
    private byte[] bytes = new byte[2 * STEP];
    private int length;

    /// Start of name, end of name, start of value, end of value: four numbers a kept line.
    private int[] lines = new int[64];

    private @Nullable String[] texts = new String[16];
    private int count;
    private int nameFrom;
    private int nameTo;
    private int valueFrom;
    private int valueTo;

    /// @param most lines that are kept; more are counted
    FieldLines(int most) {
        this.most = most;
    }

    /// Takes the complete head `[from, to)`; no line is kept yet.
    void load(ByteBuf buffer, int from, int to) {
        length = to - from;
        if (bytes.length < length) {
            bytes = new byte[(length + STEP) / STEP * STEP];
        }
        buffer.getBytes(from, bytes, 0, length);
        count = 0;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    /// Index of the CR that ends the line; every byte before it may stand in a line.
    ///
    /// @throws MalformedMessage for a control byte or another end
    int lineEnd(int from) {
        int at = from;
        while (bytes[at] != '\r') {
            byte c = bytes[at];
            require(c < 0 || (c >= ' ' && c != 127) || c == '\t', "control byte");
            at++;
        }
        require(bytes[at + 1] == '\n', "line end");
        return at;
    }

    /// Index behind the token that begins at `from`.
    int token(int from) {
        int at = from;
        while (TOKEN[bytes[at] & 255]) {
            at++;
        }
        return at;
    }

    static boolean isToken(byte c) {
        return TOKEN[c & 255];
    }

    /// Reads one line; it can then be looked at and kept.
    ///
    /// @return index of the next line
    /// @throws MalformedMessage for anything but a field line
    int read(int from) {
        int colon = token(from);
        require(colon > from && bytes[colon] == ':', "header name");
        int end = lineEnd(colon + 1);
        int first = colon + 1;
        int last = end;
        while (first < last && blank(bytes[first])) {
            first++;
        }
        while (last > first && blank(bytes[last - 1])) {
            last--;
        }
        nameFrom = from;
        nameTo = colon;
        valueFrom = first;
        valueTo = last;
        return end + 2;
    }

    int nameLength() {
        return nameTo - nameFrom;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }

    /// Whether the line just read has this name, given in lower case.
    boolean named(String lower) {
        return same(nameFrom, nameTo, lower);
    }

    /// Whether the line just read has this value, given in lower case.
    boolean valued(String lower) {
        return same(valueFrom, valueTo, lower);
    }

    void keep() {
        if (count < most) {
            int at = count * 4;
            if (at + 4 > lines.length) {
                lines = Arrays.copyOf(lines, lines.length * 2);
                texts = Arrays.copyOf(texts, texts.length * 2);
            }
            lines[at] = nameFrom;
            lines[at + 1] = nameTo;
            lines[at + 2] = valueFrom;
            lines[at + 3] = valueTo;
        }
        count++;
    }

    /// Lines read, those beyond the most that are kept included.
    int count() {
        return count;
    }

    int kept() {
        return Math.min(count, most);
    }

    /// The next line at or behind `line` of this lower-case name; -1: there is none.
    int find(String lower, int line) {
        for (int i = line; i < kept(); i++) {
            if (same(lines[i * 4], lines[i * 4 + 1], lower)) {
                return i;
            }
        }
        return -1;
    }

    /// The value of a kept line.
    String value(int line) {
        int from = lines[line * 4 + 2];
        int to = lines[line * 4 + 3];
        String before = texts[line];
        if (before == null || !equal(from, to, before)) {
            before = text(from, to);
            texts[line] = before;
        }
        return before;
    }

    void name(int line, HeaderText view) {
        view.show(bytes, lines[line * 4], lines[line * 4 + 1]);
    }

    void value(int line, HeaderText view) {
        view.show(bytes, lines[line * 4 + 2], lines[line * 4 + 3]);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// Whether the bytes spell `text`.
    boolean equal(int from, int to, String text) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 255) != text.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the bytes spell `lower`, whatever their case.
    private boolean same(int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            byte c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The value just read as a number of digits only.
    ///
    /// @throws MalformedMessage for anything else, or more than fits
    long number() {
        require(valueTo > valueFrom, "content-length");
        long value = 0;
        for (int i = valueFrom; i < valueTo; i++) {
            value = value * 10 + digit(bytes[i]);
            require(value < LARGEST, "content-length");
        }
        return value;
    }

    static int digit(byte c) {
        require(c >= '0' && c <= '9', "digit");
        return c - '0';
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new MalformedMessage(what);
        }
    }
}
