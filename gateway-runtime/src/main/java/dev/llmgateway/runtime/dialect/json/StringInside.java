package dev.llmgateway.runtime.dialect.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Which bytes may stand between the quotes of a JSON string: strict RFC 8259, UTF-8 checked.
/// Answers without garbage where [JsonLexer] would throw.
public final class StringInside {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

    /// There is no such index.
    public static final int NONE = -1;

    private StringInside() {}

    /// Index of the quote that ends the inside which starts at `from`; `to`: there is none before;
    /// [#NONE]: something before it may not stand inside a string, or is cut off by `to`.
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && JsonLexer.plain((long) LONGS.get(bytes, at))) {
                at += Long.BYTES;
                continue;
            }
            if (bytes[at] == '"') {
                return at;
            }
            at = character(bytes, at, to);
            if (at == NONE) {
                return NONE;
            }
        }
        return at;
    }

    /// One past the character or escape at `at`; [#NONE]: it may not stand here.
    private static int character(byte[] bytes, int at, int to) {
        byte b = bytes[at];
        if (b == '\\') {
            return escape(bytes, at, to);
        }
        if (b < 0) {
            int length = Utf8.length(bytes, at, to);
            return length == 0 ? NONE : at + length;
        }
        return b < ' ' ? NONE : at + 1;
    }

    private static int escape(byte[] bytes, int at, int to) {
        if (at + 1 >= to) {
            return NONE;
        }
        if (bytes[at + 1] != 'u') {
            return "\"\\/bfnrt".indexOf(bytes[at + 1]) < 0 ? NONE : at + 2;
        }
        if (at + 6 > to) {
            return NONE;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return NONE;
            }
        }
        return at + 6;
    }
}
