package dev.llmgateway.runtime.telemetry;

import dev.llmgateway.crds.plan.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One line of JSON under construction in a reusable byte buffer; used by one loop at a time.
final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_ESCAPE = 6;

    private final Timestamp timestamp = new Timestamp();
    private byte[] bytes = new byte[1024];
    private int length;

    JsonLine begin() {
        length = 0;
        return put('{');
    }

    JsonLine text(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        return name(name).put('"').characters(value).put('"');
    }

    /// `first/second`; left out when there is no second.
    JsonLine path(String name, String first, String second) {
        if (second.isEmpty()) {
            return this;
        }
        return name(name).put('"').characters(first).put('/').characters(second).put('"');
    }

    JsonLine ref(String name, @Nullable ObjectRef ref) {
        return ref == null ? this : path(name, ref.namespace(), ref.name());
    }

    /// RFC 3339 in UTC with milliseconds.
    JsonLine time(String name, long epochMillis) {
        name(name).put('"');
        timestamp.append(epochMillis, this);
        return put('"');
    }

    JsonLine number(String name, long value) {
        return name(name).digits(value);
    }

    JsonLine flag(String name, boolean value) {
        name(name);
        return value ? ascii("true") : ascii("false");
    }

    JsonLine end() {
        return put('}').put('\n');
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private JsonLine name(String name) {
        if (length > 1) {
            put(',');
        }
        return put('"').ascii(name).put('"').put(':');
    }

    private JsonLine characters(String value) {
        int end = Math.min(value.length(), LONGEST_TEXT);
        room(end * LONGEST_ESCAPE);
        for (int i = 0; i < end; i++) {
            character(value.charAt(i));
        }
        return this;
    }

    /// Everything but printable ASCII is escaped, so no text can end a line or colour a terminal.
    /// There must be room.
    private void character(char c) {
        if (c >= ' ' && c < 127) {
            if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 15];
        }
    }

    JsonLine ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private JsonLine digits(long value) {
        if (value < 0) {
            put('-');
            value = -value;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        room(digits);
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + value % 10);
            value /= 10;
        }
        length += digits;
        return this;
    }

    JsonLine put(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
