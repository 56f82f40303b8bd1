package dev.llmgateway.runtime.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One line of JSON under construction in a reusable byte buffer; used by one loop at a time.
final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_TEXT = 512;

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
        name(name).put('"');
        int end = Math.min(value.length(), LONGEST_TEXT);
        for (int i = 0; i < end; i++) {
            character(value.charAt(i));
        }
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

    /// Everything but printable ASCII is escaped, so no text can end a line or colour a terminal.
    private void character(char c) {
        if (c == '"' || c == '\\') {
            put('\\').put(c);
        } else if (c >= ' ' && c < 127) {
            put(c);
        } else {
            put('\\').put('u').hex(c >> 12).hex(c >> 8).hex(c >> 4).hex(c);
        }
    }

    private JsonLine hex(int digit) {
        return put((char) HEX[digit & 15]);
    }

    private JsonLine ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
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

    private JsonLine put(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
