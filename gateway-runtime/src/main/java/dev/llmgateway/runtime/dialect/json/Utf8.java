package dev.llmgateway.runtime.dialect.json;

/// Well-formed UTF-8 (RFC 3629).
final class Utf8 {
    private Utf8() {}

    /// Bytes of the character at `at`, whose first byte has its high bit set; 0: malformed or cut.
    static int length(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end || !second(first, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// Leaves out overlong forms, surrogates and what is above U+10FFFF.
    private static boolean second(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }

    /// Writes one code point; `out` has room for 4 bytes. Returns the bytes written.
    static int encode(int codePoint, byte[] out, int at) {
        if (codePoint < 0x80) {
            out[at] = (byte) codePoint;
            return 1;
        }
        if (codePoint < 0x800) {
            out[at] = (byte) (0xC0 | (codePoint >> 6));
            out[at + 1] = continuation(codePoint);
            return 2;
        }
        if (codePoint < 0x10000) {
            out[at] = (byte) (0xE0 | (codePoint >> 12));
            out[at + 1] = continuation(codePoint >> 6);
            out[at + 2] = continuation(codePoint);
            return 3;
        }
        out[at] = (byte) (0xF0 | (codePoint >> 18));
        out[at + 1] = continuation(codePoint >> 12);
        out[at + 2] = continuation(codePoint >> 6);
        out[at + 3] = continuation(codePoint);
        return 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
