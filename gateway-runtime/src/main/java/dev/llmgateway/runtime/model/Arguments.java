package dev.llmgateway.runtime.model;

/// What a tool is called with, as its format writes it.
public sealed interface Arguments {
    /// A JSON value (Messages).
    record Value(Slice json) implements Arguments {}

    /// The inside of a JSON string that holds JSON, still escaped (Chat, Responses); may hold
    /// nonsense, since a model wrote it.
    record Quoted(Slice escaped) implements Arguments {}

    /// Free text of a custom tool, still escaped.
    record Text(Slice escaped) implements Arguments {}
}
