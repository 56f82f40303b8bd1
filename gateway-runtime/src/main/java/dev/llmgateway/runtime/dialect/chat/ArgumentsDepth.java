package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Slice;

/// How deep the JSON of a call's arguments is nested, read from the inside of the string that holds
/// it, piece by piece.
final class ArgumentsDepth {
    private int depth;
    private boolean opened;
    private boolean string;
    private boolean escaped;

    /// @param piece whole escapes of the outer string; those of the JSON may be cut
    void read(Slice piece) {
        byte[] bytes = piece.bytes();
        int at = piece.from();
        while (at < piece.to()) {
            byte b = bytes[at];
            if (b != '\\') {
                character(b);
                at++;
            } else if (bytes[at + 1] == 'u') {
                character(unicode(bytes, at + 2));
                at += 6;
            } else {
                character(meaning(bytes[at + 1]));
                at += 2;
            }
        }
    }

    /// Whether an object or a list was opened and is closed again.
    boolean complete() {
        return opened && depth == 0;
    }

    /// Whether an object or a list is open.
    boolean cut() {
        return depth > 0;
    }

    private void character(int c) {
        if (escaped) {
            escaped = false;
        } else if (string) {
            escaped = c == '\\';
            string = c != '"';
        } else if (c == '"') {
            string = true;
        } else if (c == '{' || c == '[') {
            opened = true;
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }

    /// Quotes and backslashes matter, the rest means nothing between tokens.
    private static int meaning(byte escape) {
        return escape == '"' || escape == '\\' ? escape : ' ';
    }

    private static int unicode(byte[] bytes, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = (unit << 4) | Character.digit(bytes[i], 16);
        }
        return unit;
    }
}
