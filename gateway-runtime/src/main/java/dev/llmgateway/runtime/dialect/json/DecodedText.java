package dev.llmgateway.runtime.dialect.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A JSON string's text with its escapes decoded, as UTF-8, reused from string to string.
public final class DecodedText {
    /// Bytes kept; the longest model name accepted.
    public static final int CAPACITY = 512;

    /// Never part of UTF-8, so a text that holds it equals no name.
    private static final byte BROKEN = (byte) 0xFF;

    private final byte[] bytes = new byte[CAPACITY];
    private int length;
    private boolean overflow;
    private boolean unpairedSurrogate;
    private int highSurrogate;
    private byte[] lastBytes = {};
    private String last = "";

    DecodedText() {}

    void clear() {
        length = 0;
        overflow = false;
        unpairedSurrogate = false;
        highSurrogate = 0;
    }

    void append(byte[] source, int index, int count) {
        dropHighSurrogate();
        int room = Math.min(count, CAPACITY - length);
        System.arraycopy(source, index, bytes, length, room);
        length += room;
        overflow |= room < count;
    }

    /// Appends one UTF-16 code unit of an escape; surrogates wait for their other half.
    void unit(int unit) {
        if (Character.isLowSurrogate((char) unit) && highSurrogate != 0) {
            int codePoint = Character.toCodePoint((char) highSurrogate, (char) unit);
            highSurrogate = 0;
            codePoint(codePoint);
            return;
        }
        dropHighSurrogate();
        if (Character.isHighSurrogate((char) unit)) {
            highSurrogate = unit;
        } else if (Character.isLowSurrogate((char) unit)) {
            unpaired();
        } else {
            codePoint(unit);
        }
    }

    void end() {
        dropHighSurrogate();
    }

    /// Bytes kept, at most [#CAPACITY].
    public int length() {
        return length;
    }

    /// The text is longer than what was kept.
    public boolean overflow() {
        return overflow;
    }

    public boolean unpairedSurrogate() {
        return unpairedSurrogate;
    }

    /// @param ascii ASCII only
    public boolean is(String ascii) {
        if (overflow || length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// @param suffix ASCII
    public boolean endsWith(String suffix) {
        int from = length - suffix.length();
        if (overflow || from < 0) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (bytes[from + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether it would equal an ASCII lower-case name for a parser that ignores case, as Go's
    /// does. Such parsers also fold U+017F to `s`.
    boolean folds(String name) {
        if (overflow || length < name.length() || length > 2 * name.length()) {
            return false;
        }
        boolean longS = bytes[0] == (byte) 0xC5; // its first byte in UTF-8
        if (!longS && (bytes[0] | 0x20) != name.charAt(0)) {
            return false; // most names end here, without a text of their own
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8)
                .replace('\u017f', 's')
                .equalsIgnoreCase(name);
    }

    /// The last text asked for is kept: clients name the same model again and again.
    public String text() {
        if (!Arrays.equals(bytes, 0, length, lastBytes, 0, lastBytes.length)) {
            lastBytes = Arrays.copyOf(bytes, length);
            last = new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        return last;
    }

    private void codePoint(int codePoint) {
        if (codePoint < 0x80) {
            put((byte) codePoint);
            return;
        }
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            put(b);
        }
    }

    private void dropHighSurrogate() {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            unpaired();
        }
    }

    private void unpaired() {
        unpairedSurrogate = true;
        put(BROKEN);
    }

    private void put(byte b) {
        if (length == CAPACITY) {
            overflow = true;
        } else {
            bytes[length++] = b;
        }
    }
}
