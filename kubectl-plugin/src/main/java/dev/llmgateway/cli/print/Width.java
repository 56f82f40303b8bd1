package dev.llmgateway.cli.print;

/// How many columns of a terminal a text takes: East Asian wide characters take two, combining
/// marks none.
public final class Width {
    private Width() {}

    public static int of(String text) {
        return text.codePoints().map(Width::of).sum();
    }

    private static int of(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        boolean wide =
                point >= 0x1100
                        && (point <= 0x115F
                                || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F)
                                || (point >= 0xAC00 && point <= 0xD7A3)
                                || (point >= 0xF900 && point <= 0xFAFF)
                                || (point >= 0xFE30 && point <= 0xFE6F)
                                || (point >= 0xFF00 && point <= 0xFF60)
                                || (point >= 0xFFE0 && point <= 0xFFE6)
                                || (point >= 0x1F300 && point <= 0x1FAFF)
                                || (point >= 0x20000 && point <= 0x3FFFD));
        return wide ? 2 : 1;
    }

    /// The longest beginning that fits, with `…` where something is missing.
    public static String cut(String text, int columns) {
        return of(text) <= columns ? text : shortened(text, columns);
    }

    /// The longest beginning that leaves room for a `…`, and that.
    static String shortened(String text, int columns) {
        StringBuilder kept = new StringBuilder();
        int used = 1;
        for (int point : text.codePoints().toArray()) {
            used += of(point);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.append('…').toString();
    }
}
