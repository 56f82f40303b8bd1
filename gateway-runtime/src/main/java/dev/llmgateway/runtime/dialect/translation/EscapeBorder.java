package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;

/// Makes pieces of an escaped text end where a character ends: neither within an escape, nor within
/// a character's bytes, nor between the two escapes of one character. What is cut off comes with
/// the next piece. Pieces that end well pass as they are.
final class EscapeBorder {
    private static final int UNICODE = 6;

    private final JsonBytes held = new JsonBytes();
    private final JsonBytes joined = new JsonBytes();

    /// @return lives until the next call; may be empty
    Slice next(Slice piece) {
        if (held.isEmpty()) {
            int end = end(piece);
            if (end == piece.length()) {
                return piece;
            }
            held.raw(piece.part(end, piece.length()));
            return piece.part(0, end);
        }
        joined.clear();
        joined.raw(held.slice()).raw(piece);
        held.clear();
        Slice all = joined.slice();
        int end = end(all);
        held.raw(all.part(end, all.length()));
        return all.part(0, end);
    }

    boolean holdsNothing() {
        return held.isEmpty();
    }

    /// What was held back, unless it is no whole character.
    Slice rest() {
        Slice rest = held.slice();
        boolean whole = rest.length() == UNICODE && rest.at(0) == '\\';
        return whole ? rest : Slice.EMPTY;
    }

    /// Index behind the last whole character.
    static int end(Slice text) {
        int end = behindBytes(text);
        if (end < text.length()) {
            return end;
        }
        for (int at = end - 1; at >= Math.max(0, end - UNICODE); at--) {
            if (text.at(at) == '\\') {
                return startsEscape(text, at) ? behindEscape(text, at) : end;
            }
        }
        return end;
    }

    /// Leaves out the bytes of a character that has more.
    private static int behindBytes(Slice text) {
        int lead = text.length() - 1;
        while (lead >= 0 && lead > text.length() - 4 && (text.at(lead) & 0xC0) == 0x80) {
            lead--;
        }
        if (lead < 0 || text.at(lead) >= 0 || (text.at(lead) & 0xC0) == 0x80) {
            return text.length();
        }
        int b = text.at(lead) & 0xFF;
        int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return lead + needed > text.length() ? lead : text.length();
    }

    private static boolean startsEscape(Slice text, int backslash) {
        int run = 0;
        while (run <= backslash && text.at(backslash - run) == '\\') {
            run++;
        }
        return run % 2 == 1;
    }

    private static int behindEscape(Slice text, int start) {
        boolean unicode = start + 1 < text.length() && text.at(start + 1) == 'u';
        int length = unicode ? UNICODE : 2;
        if (start + length > text.length()) {
            boolean second = start >= UNICODE && isHigh(text, start - UNICODE);
            return second ? start - UNICODE : start;
        }
        boolean half = start + length == text.length() && isHigh(text, start);
        return half ? start : text.length();
    }

    /// Whether an escape is the first half of a character.
    private static boolean isHigh(Slice text, int start) {
        return text.at(start) == '\\'
                && text.at(start + 1) == 'u'
                && startsEscape(text, start)
                && Character.isHighSurrogate((char) EscapedUnit.hex(text, start + 2));
    }
}
