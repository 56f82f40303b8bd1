package dev.llmgateway.runtime.dialect.json;

/// Bytes that are no JSON where JSON was expected. Without stack trace: upstreams send what they
/// like, and decoders turn it into a value at once.
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param offset of the byte that makes no sense, from the start of the array
    MalformedJson(String reason, int offset) {
        super(reason + " at byte " + offset, null, false, false);
    }
}
