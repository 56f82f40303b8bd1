package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Slice;

/// One step through an escaped text: a byte that stands for itself, or an escape.
public final class EscapedUnit {
    private EscapedUnit() {}

    public static int length(Slice text, int at) {
        if (text.at(at) != '\\') {
            return 1;
        }
        return text.at(at + 1) == 'u' ? 6 : 2;
    }

    /// What it stands for: a UTF-16 unit, or a byte of UTF-8.
    public static int meaning(Slice text, int at) {
        if (text.at(at) != '\\') {
            return text.at(at) & 0xFF;
        }
        return switch (text.at(at + 1)) {
            case 'u' -> hex(text, at + 2);
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> text.at(at + 1);
        };
    }

    /// Bytes of the whole character that starts here, which may be two escapes.
    public static int characterLength(Slice text, int at) {
        int b = text.at(at);
        if (b == '\\') {
            return isPair(text, at) ? 12 : length(text, at);
        }
        int lead = b & 0xFF;
        int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return Math.min(wanted, text.length() - at);
    }

    /// Code point of the character that starts here.
    static int character(Slice text, int at) {
        if (text.at(at) == '\\') {
            return isPair(text, at)
                    ? Character.toCodePoint((char) meaning(text, at), (char) meaning(text, at + 6))
                    : meaning(text, at);
        }
        int length = characterLength(text, at);
        int point = length == 1 ? text.at(at) & 0xFF : text.at(at) & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (text.at(at + i) & 0x3F);
        }
        return point;
    }

    private static boolean isPair(Slice text, int at) {
        return length(text, at) == 6
                && at + 12 <= text.length()
                && text.at(at + 6) == '\\'
                && text.at(at + 7) == 'u'
                && Character.isHighSurrogate((char) meaning(text, at))
                && Character.isLowSurrogate((char) meaning(text, at + 6));
    }

    static int hex(Slice text, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = (unit << 4) | (Character.digit(text.at(i), 16) & 0xF);
        }
        return unit;
    }
}
