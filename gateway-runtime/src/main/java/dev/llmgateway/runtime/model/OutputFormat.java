package dev.llmgateway.runtime.model;

/// The form the reply's text is to have.
public sealed interface OutputFormat {
    record Text() implements OutputFormat {}

    /// Any JSON object (OpenAI).
    record JsonObject() implements OutputFormat {}

    /// @param name empty: none (Messages)
    /// @param description escaped; empty: none
    /// @param schema JSON value
    record JsonSchema(String name, Slice description, Slice schema, boolean strict)
            implements OutputFormat {}
}
