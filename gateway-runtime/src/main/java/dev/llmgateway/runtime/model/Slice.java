package dev.llmgateway.runtime.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A part of a JSON text as it stands on the wire: the inside of a string still escaped, or a whole
/// value. Copied between formats without being decoded. A view: whoever keeps it longer than the
/// bytes live makes a [#copy].
///
/// @param from index of the first byte
/// @param to one past the last
@SuppressWarnings("ArrayRecordComponent") // a view; equality is that of the bytes it shows
public record Slice(byte[] bytes, int from, int to) {
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    /// @param text as it stands on the wire
    public static Slice of(String text) {
        return whole(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Slice whole(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    public int length() {
        return to - from;
    }

    public boolean isEmpty() {
        return to == from;
    }

    public byte at(int index) {
        return bytes[from + index];
    }

    public Slice copy() {
        return whole(Arrays.copyOfRange(bytes, from, to));
    }

    /// Part of this one, by indices relative to it.
    public Slice part(int start, int end) {
        return new Slice(bytes, from + start, from + end);
    }

    public boolean startsWith(byte[] prefix) {
        return length() >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /// Whether the bytes are those of an ASCII text.
    public boolean is(String text) {
        if (length() != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether there is nothing but JSON's blanks and their escapes (`\n`, `\t`, `\r`).
    public boolean isBlank() {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\' && i + 1 < to && "ntr".indexOf(bytes[i + 1]) >= 0) {
                i++;
            } else if (b != ' ') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice(byte[] theirs, int start, int end)
                && Arrays.equals(bytes, from, to, theirs, start, end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /// The bytes as text, for tests and rare paths; prompts must not reach a log this way.
    @Override
    public String toString() {
        return new String(bytes, from, length(), StandardCharsets.UTF_8);
    }
}
