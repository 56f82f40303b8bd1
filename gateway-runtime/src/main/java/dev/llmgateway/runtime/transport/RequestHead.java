package dev.llmgateway.runtime.transport;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Head of one request as the guard let it through: valid framing, one Host, origin-form target.
/// Views of the connection's own buffers; valid until the request ends. Header names are asked for
/// in lower case.
public interface RequestHead {
    /// `GET`, `HEAD`, `POST`, `DELETE` or `OPTIONS`.
    String method();

    /// The target up to `?`, raw (nothing decoded), starts with `/`.
    String path();

    /// The raw query behind `?`; empty when there is none.
    String query();

    /// First value of a header, or null.
    @Nullable String header(String name);

    /// All values of a header in order.
    List<String> headers(String name);

    /// Every header line in order, as sent.
    void forEachHeader(BiConsumer<CharSequence, CharSequence> line);

    /// Declared body length; -1: chunked; 0: no body.
    long contentLength();

    /// Address of the client as text, without port.
    String remoteAddress();
}
