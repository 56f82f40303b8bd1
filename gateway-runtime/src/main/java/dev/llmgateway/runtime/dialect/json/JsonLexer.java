package dev.llmgateway.runtime.dialect.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.llmgateway.runtime.model.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Where the values of a JSON text on the heap end: strict RFC 8259, UTF-8 checked, never beyond
/// the text. All methods take and give indices into the array.
final class JsonLexer {
    static final int MAX_DEPTH = 512;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private byte[] bytes = {};
    private int end;

    void over(Slice json) {
        bytes = json.bytes();
        end = json.to();
    }

    int byteAt(int at) {
        if (at >= end) {
            throw new MalformedJson("the document ends too early", at);
        }
        return bytes[at];
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    int blanks(int from) {
        int at = from;
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /// One past the value that starts at `at`.
    int value(int at) {
        return switch (byteAt(at)) {
            case '"' -> string(at);
            case '{', '[' -> nested(at);
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            case 'n' -> word(at, "null");
            default -> number(at);
        };
    }

    /// Iterative, so that depth costs no stack; bits tell objects (1) from lists (0).
    private int nested(int start) {
        long[] objects = new long[MAX_DEPTH / Long.SIZE];
        int depth = 0;
        int at = start;
        while (true) {
            // Stands on a value.
            int b = byteAt(at);
            if (b == '{' || b == '[') {
                if (depth == MAX_DEPTH) {
                    throw new MalformedJson("too deep", at);
                }
                set(objects, depth++, b == '{');
                at = blanks(at + 1);
                if (byteAt(at) != (b == '{' ? '}' : ']')) {
                    at = b == '{' ? name(at) : at;
                    continue;
                }
            } else {
                at = value(at);
            }
            // Stands behind a value, or on the bracket of an empty one.
            at = blanks(at);
            while (closes(objects, depth, byteAt(at))) {
                at++;
                if (--depth == 0) {
                    return at;
                }
                at = blanks(at);
            }
            if (byteAt(at) != ',') {
                throw new MalformedJson("a comma is missing", at);
            }
            at = blanks(at + 1);
            at = isObject(objects, depth - 1) ? name(at) : at;
        }
    }

    private static void set(long[] bits, int index, boolean one) {
        long mask = 1L << index;
        bits[index >> 6] = one ? bits[index >> 6] | mask : bits[index >> 6] & ~mask;
    }

    private static boolean isObject(long[] bits, int index) {
        return ((bits[index >> 6] >>> index) & 1) == 1;
    }

    private static boolean closes(long[] objects, int depth, int b) {
        return b == (isObject(objects, depth - 1) ? '}' : ']');
    }

    /// From a member's name to its value.
    private int name(int from) {
        if (byteAt(from) != '"') {
            throw new MalformedJson("a member has no name", from);
        }
        int at = blanks(string(from));
        if (byteAt(at) != ':') {
            throw new MalformedJson("a member has no value", at);
        }
        return blanks(at + 1);
    }

    /// One past the closing quote of the string that opens at `from`.
    int string(int from) {
        int at = from + 1;
        while (true) {
            at = plainUntil(bytes, at, end);
            int b = byteAt(at);
            if (b == '"') {
                return at + 1;
            } else if (b == '\\') {
                at = escape(at);
            } else if (b < 0) {
                int length = Utf8.length(bytes, at, end);
                if (length == 0) {
                    throw new MalformedJson("no UTF-8", at);
                }
                at += length;
            } else if (b < ' ') {
                throw new MalformedJson("a control character in a string", at);
            } else {
                at++;
            }
        }
    }

    /// The next byte that is no plain ASCII of a string, or one of the last eight.
    static int plainUntil(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long special = special((long) LONGS.get(bytes, at));
            if (special != 0) {
                // Borrows only reach bytes behind the first special one, so that one is exact.
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        return at;
    }

    /// Whether eight bytes are ASCII without controls, quotes and backslashes.
    static boolean plain(long word) {
        return special(word) == 0;
    }

    /// The highest bit of each byte of a little-endian word that is a control, a quote, a backslash
    /// or no ASCII; bytes behind the first such may be marked too.
    private static long special(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        return ((quote - ONES) | (backslash - ONES) | (word - (ONES * ' ')) | word) & HIGHS;
    }

    private int escape(int at) {
        int kind = byteAt(at + 1);
        if (kind != 'u') {
            if ("\"\\/bfnrt".indexOf(kind) < 0) {
                throw new MalformedJson("an escape that JSON does not have", at);
            }
            return at + 2;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(byteAt(i), 16) < 0) {
                throw new MalformedJson("an escape without four digits", at);
            }
        }
        return at + 6;
    }

    private int word(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                throw new MalformedJson("no JSON value", at);
            }
        }
        return at + word.length();
    }

    private int number(int from) {
        int at = byteAt(from) == '-' ? from + 1 : from;
        at = byteAt(at) == '0' ? at + 1 : digits(at);
        if (at < end && bytes[at] == '.') {
            at = digits(at + 1);
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            int sign = byteAt(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw new MalformedJson("no JSON value", at);
        }
        return at;
    }
}
