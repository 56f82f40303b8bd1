package dev.llmgateway.runtime.transport;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Head of an upstream reply. A view: valid only while `Reply.head` runs.
public interface ResponseHead {
    /// 200-599.
    int status();

    /// First value of a header (name in lower case), or null.
    @Nullable String header(String name);

    /// Every end-to-end header line; hop-by-hop and framing headers are left out.
    void forEachHeader(BiConsumer<CharSequence, CharSequence> line);

    /// Declared body length; -1: unknown (chunked, or until the connection closes).
    long contentLength();
}
