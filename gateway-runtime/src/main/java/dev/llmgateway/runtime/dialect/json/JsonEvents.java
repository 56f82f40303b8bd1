package dev.llmgateway.runtime.dialect.json;

/// What a [JsonTokenizer] tells of the outer levels of a document. Depth is the number of open
/// objects and lists around a value: 0 is the document, 1 a member of its object. Elements of lists
/// are not told. Offsets count from the document's first byte.
public interface JsonEvents {
    /// A member's name. `name` is reused after the call.
    ///
    /// @return whether the text of a string value is to be decoded for [#valueEnd]
    boolean key(int depth, DecodedText name);

    /// @param offset of the value's first byte, for a string its quote
    void valueStart(int depth, JsonKind kind, int offset);

    /// @param offset one past the value's last byte
    /// @param text the decoded string, if [#key] asked for it; else left from earlier
    void valueEnd(int depth, int offset, DecodedText text);
}
