package dev.llmgateway.runtime.dialect;

/// JSON with one member per line, for people: each token stays as it was written, so that escapes
/// and the form of numbers show.
final class Indented {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    private Indented() {}

    static String of(String json) {
        Indented indented = new Indented();
        int at = 0;
        while (at < json.length()) {
            at = indented.token(json, at);
        }
        return indented.out.append('\n').toString();
    }

    private int token(String json, int at) {
        char c = json.charAt(at);
        switch (c) {
            case '"' -> {
                int end = stringEnd(json, at);
                out.append(json, at, end);
                return end;
            }
            case '{', '[' -> open(json, at);
            case '}', ']' -> close(json, at);
            case ',' -> {
                out.append(c);
                line();
            }
            case ':' -> out.append(": ");
            case ' ', '\n', '\r', '\t' -> {
                // Between tokens; the next line has its own.
            }
            default -> out.append(c);
        }
        return at + 1;
    }

    private void open(String json, int at) {
        out.append(json.charAt(at));
        if ("}]".indexOf(json.charAt(next(json, at))) < 0) {
            depth++;
            line();
        }
    }

    private void close(String json, int at) {
        if ("{[".indexOf(out.charAt(out.length() - 1)) < 0) {
            depth--;
            line();
        }
        out.append(json.charAt(at));
    }

    private static int next(String json, int at) {
        int next = at + 1;
        while (Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        return next;
    }

    private void line() {
        out.append('\n').repeat("  ", depth);
    }

    private static int stringEnd(String json, int start) {
        int at = start + 1;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
