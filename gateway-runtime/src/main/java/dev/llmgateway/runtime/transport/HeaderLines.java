package dev.llmgateway.runtime.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Header lines under construction, kept as the bytes that go on the wire (`name: value\r\n` each).
/// Refuses bytes that could end a line: names must be tokens, values must hold no control byte but
/// TAB.
public final class HeaderLines {
    private static final String[] DIGITS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    private byte[] bytes = new byte[256];
    private int length;

    /// Appends one line; both parts must be ASCII or ISO-8859-1.
    ///
    /// @throws IllegalArgumentException for an empty name or a byte that does not belong
    public HeaderLines add(CharSequence name, CharSequence value) {
        int needed = length + name.length() + value.length() + 4;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("empty header name");
        }
        int at = length;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 127 || c == ':') {
                throw new IllegalArgumentException("bad byte in a header name");
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = ':';
        bytes[at++] = ' ';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
                throw new IllegalArgumentException("bad byte in the value of header " + name);
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '\r';
        bytes[at++] = '\n';
        length = at;
        return this;
    }

    /// Appends one line with a number in decimal.
    public HeaderLines add(CharSequence name, int number) {
        return add(name, number >= 0 && number < 10 ? DIGITS[number] : Integer.toString(number));
    }

    /// Takes all lines away, to be used again.
    public void clear() {
        length = 0;
    }

    /// Bytes of all lines, without the closing empty line; valid up to `length()`.
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
