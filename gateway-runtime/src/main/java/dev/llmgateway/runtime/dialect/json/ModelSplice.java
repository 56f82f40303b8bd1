package dev.llmgateway.runtime.dialect.json;

import java.util.List;

/// Another model name in a body whose other bytes stay. Every span is replaced, so that readers
/// that take the first and readers that take the last duplicate agree.
public final class ModelSplice {
    private static final byte[] NOTHING = {};

    private final List<Span> spans;
    private final byte[] replacement;
    private final long length;

    private ModelSplice(List<Span> spans, byte[] replacement, long length) {
        this.spans = spans;
        this.replacement = replacement;
        this.length = length;
    }

    /// Leaves a body as it is.
    public static ModelSplice none(long bodyLength) {
        return new ModelSplice(List.of(), NOTHING, bodyLength);
    }

    /// @param bodyLength bytes of the original body
    /// @param spans ascending, from [BodyFacts#modelSpans]
    public static ModelSplice of(long bodyLength, List<Span> spans, String model) {
        byte[] replacement = JsonText.escapedBytes(model);
        long length = bodyLength;
        for (Span span : spans) {
            length += replacement.length - span.length();
        }
        return new ModelSplice(List.copyOf(spans), replacement, length);
    }

    /// The original bytes to leave out; [#replacement] goes in place of each.
    public List<Span> spans() {
        return spans;
    }

    /// The new name, JSON-escaped UTF-8 without quotes; a copy.
    public byte[] replacement() {
        return replacement.clone();
    }

    /// Bytes of the new body.
    public long length() {
        return length;
    }
}
