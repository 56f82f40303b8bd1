package dev.llmgateway.runtime.dialect.chat;

import org.jspecify.annotations.Nullable;

/// Where something stands in a request's body, such as `messages[2].content[0].image_url`; written
/// out only when it is told to someone.
public final class FieldPath {
    /// Characters of one name that are shown.
    private static final int MOST_NAME = 64;

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    public static FieldPath top(String name) {
        return new FieldPath(null, name, -1);
    }

    public FieldPath member(String name) {
        return new FieldPath(this, name, -1);
    }

    public FieldPath element(int index) {
        return new FieldPath(this, "", index);
    }

    /// ASCII without anything that means something in a header or a log line: names are the
    /// client's.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(48);
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (parent != null) {
            parent.write(out);
        }
        if (index >= 0) {
            out.append('[').append(index).append(']');
            return;
        }
        if (!out.isEmpty()) {
            out.append('.');
        }
        for (int i = 0; i < Math.min(name.length(), MOST_NAME); i++) {
            char c = name.charAt(i);
            out.append(isPlain(c) ? c : '?');
        }
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '$';
    }
}
