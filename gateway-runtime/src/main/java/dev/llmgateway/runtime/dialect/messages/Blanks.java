package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.model.Slice;

/// Texts without anything to read, which Anthropic refuses: whatever Unicode calls a space counts.
final class Blanks {
    private Blanks() {}

    /// @param escaped inside of a string
    static boolean isBlank(Slice escaped) {
        int at = 0;
        while (at < escaped.length()) {
            int length = spaceAt(escaped, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /// Bytes of the space that starts there; 0: it is none.
    private static int spaceAt(Slice escaped, int at) {
        byte b = escaped.at(at);
        if (b == ' ') {
            return 1;
        } else if (b == '\\') {
            return escapedSpaceAt(escaped, at);
        } else if ((b & 0xE0) == 0xC0) {
            return isSpace(((b & 0x1F) << 6) | rest(escaped, at + 1)) ? 2 : 0;
        } else if ((b & 0xF0) == 0xE0) {
            int unit = ((b & 0x0F) << 12) | (rest(escaped, at + 1) << 6) | rest(escaped, at + 2);
            return isSpace(unit) ? 3 : 0;
        }
        return 0;
    }

    private static int rest(Slice escaped, int at) {
        return escaped.at(at) & 0x3F;
    }

    private static int escapedSpaceAt(Slice escaped, int at) {
        return switch (escaped.at(at + 1)) {
            case 'n', 'r', 't', 'f' -> 2;
            case 'u' -> {
                int unit = 0;
                for (int i = at + 2; i < at + 6; i++) {
                    unit = (unit << 4) | Character.digit(escaped.at(i), 16);
                }
                yield isSpace(unit) ? 6 : 0;
            }
            default -> 0;
        };
    }

    /// The text without the spaces and line ends it closes with.
    static Slice trimmed(Slice escaped) {
        int end = escaped.length();
        while (end > 0) {
            if (escaped.at(end - 1) == ' ') {
                end--;
            } else if (endsWithLineEnd(escaped, end)) {
                end -= 2;
            } else {
                break;
            }
        }
        return escaped.part(0, end);
    }

    /// Whether an escape of a line end or tab closes the text; the `n` of `\\n` belongs to none.
    private static boolean endsWithLineEnd(Slice escaped, int end) {
        if (end < 2 || "nrt".indexOf(escaped.at(end - 1)) < 0) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < end - 1 && escaped.at(end - 2 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static boolean isSpace(int unit) {
        return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
    }
}
