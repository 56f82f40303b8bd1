package dev.llmgateway.runtime.dialect.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Another model name in a body whose other bytes stay. Every span is replaced, so that readers
/// that take the first and readers that take the last duplicate agree.
public final class ModelSplice {
    private final List<Span> spans;
    private final List<byte[]> replacements;
    private final long length;

    private ModelSplice(List<Span> spans, List<byte[]> replacements, long length) {
        this.spans = spans;
        this.replacements = replacements;
        this.length = length;
    }

    /// Leaves a body as it is.
    public static ModelSplice none(long bodyLength) {
        return new ModelSplice(List.of(), List.of(), bodyLength);
    }

    /// @param bodyLength bytes of the original body
    /// @param spans ascending, from [BodyFacts#modelSpans]
    public static ModelSplice of(long bodyLength, List<Span> spans, String model) {
        byte[] replacement = JsonText.escapedBytes(model);
        long length = bodyLength;
        for (Span span : spans) {
            length += replacement.length - span.length();
        }
        return new ModelSplice(
                List.copyOf(spans), Collections.nCopies(spans.size(), replacement), length);
    }

    /// The same, and another string with a new text.
    ///
    /// @param span between the string's quotes; none of the others
    public ModelSplice and(Span span, String text) {
        int place = 0;
        while (place < spans.size() && spans.get(place).start() < span.start()) {
            place++;
        }
        byte[] replacement = JsonText.escapedBytes(text);
        List<Span> all = new ArrayList<>(spans);
        all.add(place, span);
        List<byte[]> texts = new ArrayList<>(replacements);
        texts.add(place, replacement);
        return new ModelSplice(all, texts, length + replacement.length - span.length());
    }

    /// The original bytes to leave out; [#replacement] goes in place of each.
    public List<Span> spans() {
        return spans;
    }

    /// What goes in the place of a span, JSON-escaped UTF-8 without quotes; a copy.
    public byte[] replacement(int span) {
        return replacements.get(span).clone();
    }

    /// Bytes of the new body.
    public long length() {
        return length;
    }
}
