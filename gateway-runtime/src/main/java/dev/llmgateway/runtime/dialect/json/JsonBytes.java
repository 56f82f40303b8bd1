package dev.llmgateway.runtime.dialect.json;

import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON being written, on the heap, used again and again. Commas between members and elements come
/// by themselves: one is put before a name or a value that follows a finished value.
public final class JsonBytes {
    /// A buffer grown beyond this is not kept by [#clear].
    private static final int MOST_KEPT = 1 << 20;

    private static final int FIRST = 1 << 8;
    private static final byte[] NOTHING = {};
    private static final byte[] LEAST_LONG =
            "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    /// Room comes with the first byte, since many are made that only rare requests write to.
    private byte[] bytes = NOTHING;

    private int length;

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public void clear() {
        length = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = NOTHING;
        }
    }

    /// Takes back what was written behind a length.
    public void cut(int newLength) {
        length = newLength;
    }

    /// A view of all that was written; the next write may invalidate it.
    public Slice slice() {
        return new Slice(bytes, 0, length);
    }

    /// A view of what was written from an index on; the next write may invalidate it.
    public Slice slice(int from) {
        return new Slice(bytes, from, length);
    }

    public void copyTo(ByteBuf target) {
        target.writeBytes(bytes, 0, length);
    }

    public JsonBytes objectStart() {
        comma();
        return raw((byte) '{');
    }

    public JsonBytes objectEnd() {
        return raw((byte) '}');
    }

    public JsonBytes arrayStart() {
        comma();
        return raw((byte) '[');
    }

    public JsonBytes arrayEnd() {
        return raw((byte) ']');
    }

    /// @param name ASCII without anything to escape
    public JsonBytes name(String name) {
        comma();
        return raw((byte) '"').ascii(name).raw((byte) '"').raw((byte) ':');
    }

    /// A string value.
    public JsonBytes value(String text) {
        comma();
        raw((byte) '"');
        if (isPlain(text)) {
            ascii(text);
        } else {
            raw(JsonText.escapedBytes(text));
        }
        return raw((byte) '"');
    }

    /// Whether a text is ASCII without anything to escape, as most that we write are.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /// A string value whose inside is escaped already.
    public JsonBytes string(Slice escaped) {
        comma();
        return raw((byte) '"').raw(escaped).raw((byte) '"');
    }

    /// A JSON value as it stands.
    public JsonBytes json(Slice value) {
        comma();
        return raw(value);
    }

    public JsonBytes value(long number) {
        comma();
        return number(number);
    }

    public JsonBytes value(boolean flag) {
        comma();
        return ascii(flag ? "true" : "false");
    }

    public JsonBytes nullValue() {
        comma();
        return ascii("null");
    }

    /// A member with a string value; the same for the other kinds below.
    public JsonBytes member(String name, String text) {
        return name(name).value(text);
    }

    public JsonBytes member(String name, Slice escaped) {
        return name(name).string(escaped);
    }

    public JsonBytes member(String name, long number) {
        return name(name).value(number);
    }

    public JsonBytes member(String name, boolean flag) {
        return name(name).value(flag);
    }

    /// Bytes as they are, without a comma; so the rest below.
    public JsonBytes raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    public JsonBytes raw(Slice source) {
        return raw(source.bytes(), source.from(), source.to());
    }

    public JsonBytes raw(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    public JsonBytes raw(byte b) {
        room(1);
        bytes[length++] = b;
        return this;
    }

    public JsonBytes ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    public JsonBytes codePoint(int codePoint) {
        room(4);
        length += Utf8.encode(codePoint, bytes, length);
        return this;
    }

    public JsonBytes number(long number) {
        if (number == Long.MIN_VALUE) {
            return raw(LEAST_LONG);
        }
        if (number < 0) {
            raw((byte) '-');
        }
        long rest = Math.abs(number);
        int digits = 1;
        for (long limit = rest; limit >= 10; limit /= 10) {
            digits++;
        }
        room(digits);
        length += digits;
        for (int at = length - 1; at >= length - digits; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /// A value is finished behind a quote, a bracket that closes, a digit or a word.
    private void comma() {
        if (length == 0) {
            return;
        }
        byte last = bytes[length - 1];
        boolean finished =
                last == '"'
                        || last == '}'
                        || last == ']'
                        || (last >= '0' && last <= '9')
                        || (last >= 'a' && last <= 'z');
        if (finished) {
            raw((byte) ',');
        }
    }

    private void room(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, grown(count));
        }
    }

    private int grown(int count) {
        int needed = Math.addExact(length, count);
        int twice = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
        return Math.max(Math.max(needed, twice), FIRST);
    }
}
