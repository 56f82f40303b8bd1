package dev.llmgateway.runtime.model;

/// What a block of a reply holds.
public sealed interface Block {
    record Text() implements Block {}

    record Thinking() implements Block {}

    /// @param data escaped; comes whole
    record Redacted(Slice data) implements Block {}

    /// Its deltas are pieces of a JSON text, escaped as the inside of a string.
    ///
    /// @param name as the upstream was told
    record ToolCall(String id, String name) implements Block {}

    /// A call of a custom tool: its deltas are free text.
    record CustomCall(String id, String name) implements Block {}

    /// A call or result of a tool that the provider runs.
    ///
    /// @param json the whole block as it was opened
    record ServerTool(String type, Slice json) implements Block {}

    /// Nothing that another format knows.
    record Other(String type) implements Block {}
}
