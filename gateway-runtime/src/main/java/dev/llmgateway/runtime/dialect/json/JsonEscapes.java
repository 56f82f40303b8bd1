package dev.llmgateway.runtime.dialect.json;

import dev.llmgateway.runtime.model.Slice;

/// Between a text and the inside of a JSON string that holds it.
public final class JsonEscapes {
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int REPLACEMENT = 0xFFFD;

    private JsonEscapes() {}

    /// Adds the text that the inside of a string stands for, as UTF-8. Half a surrogate pair
    /// becomes U+FFFD.
    public static void unescape(Slice escaped, JsonBytes out) {
        byte[] bytes = escaped.bytes();
        int plain = escaped.from();
        int at = plain;
        while (at < escaped.to()) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            out.raw(bytes, plain, at);
            if (bytes[at + 1] == 'u') {
                at = unicode(escaped, at, out);
            } else {
                out.raw(meaning(bytes[at + 1]));
                at += 2;
            }
            plain = at;
        }
        out.raw(bytes, plain, escaped.to());
    }

    private static byte meaning(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static int unicode(Slice escaped, int from, JsonBytes out) {
        byte[] bytes = escaped.bytes();
        char first = unit(bytes, from);
        int at = from + 6;
        if (Character.isHighSurrogate(first)
                && at + 6 <= escaped.to()
                && bytes[at] == '\\'
                && bytes[at + 1] == 'u'
                && Character.isLowSurrogate(unit(bytes, at))) {
            out.codePoint(Character.toCodePoint(first, unit(bytes, at)));
            return at + 6;
        }
        out.codePoint(Character.isSurrogate(first) ? REPLACEMENT : first);
        return at;
    }

    private static char unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = (unit << 4) | Character.digit(bytes[i], 16);
        }
        return (char) unit;
    }

    /// Adds UTF-8 text as the inside of a string.
    public static void escape(Slice text, JsonBytes out) {
        byte[] bytes = text.bytes();
        int plain = text.from();
        for (int at = plain; at < text.to(); at++) {
            at = JsonLexer.plainUntil(bytes, at, text.to());
            if (at == text.to()) {
                break;
            }
            byte b = bytes[at];
            if (b != '"' && b != '\\' && (b < 0 || b >= ' ')) {
                continue;
            }
            out.raw(bytes, plain, at);
            escape(b, out);
            plain = at + 1;
        }
        out.raw(bytes, plain, text.to());
    }

    private static void escape(byte b, JsonBytes out) {
        out.raw((byte) '\\');
        switch (b) {
            case '"', '\\' -> out.raw(b);
            case '\n' -> out.raw((byte) 'n');
            case '\r' -> out.raw((byte) 'r');
            case '\t' -> out.raw((byte) 't');
            default -> {
                out.ascii("u00");
                out.raw(HEX[(b >> 4) & 0xF]);
                out.raw(HEX[b & 0xF]);
            }
        }
    }

    /// The inside of a string that holds a JSON value, without the blanks between its tokens.
    public static Slice quoted(Slice json) {
        JsonBytes compact = new JsonBytes();
        compact(json, compact);
        JsonBytes escaped = new JsonBytes();
        escape(compact.slice(), escaped);
        return escaped.slice();
    }

    /// Adds a JSON value without the blanks between its tokens.
    public static void compact(Slice json, JsonBytes out) {
        byte[] bytes = json.bytes();
        boolean string = false;
        int plain = json.from();
        for (int at = plain; at < json.to(); at++) {
            byte b = bytes[at];
            if (string && b == '\\') {
                at++;
            } else if (b == '"') {
                string = !string;
            } else if (!string && JsonLexer.isBlank(b)) {
                out.raw(bytes, plain, at);
                plain = at + 1;
            }
        }
        out.raw(bytes, plain, json.to());
    }
}
