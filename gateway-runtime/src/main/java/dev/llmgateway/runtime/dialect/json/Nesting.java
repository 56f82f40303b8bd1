package dev.llmgateway.runtime.dialect.json;

/// The objects and lists open around a place in a document, outermost first.
final class Nesting {
    private final boolean[] objects;
    private int depth;

    Nesting(int most) {
        this.objects = new boolean[most];
    }

    void clear() {
        depth = 0;
    }

    int depth() {
        return depth;
    }

    /// How many may be open at once.
    int most() {
        return objects.length;
    }

    boolean full() {
        return depth == objects.length;
    }

    /// Whether the innermost is an object; there must be one.
    boolean inObject() {
        return objects[depth - 1];
    }

    /// Whether a value here is the document, or a member no deeper than `watched`.
    boolean told(int watched) {
        return depth == 0 || (depth <= watched && objects[depth - 1]);
    }

    void push(boolean object) {
        objects[depth++] = object;
    }

    void pop() {
        depth--;
    }
}
