package dev.llmgateway.runtime.dialect.json;

/// Bytes of a document, counted from its first byte.
///
/// @param end one past the last byte
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("span " + start + ".." + end);
        }
    }

    public int length() {
        return end - start;
    }
}
