package dev.llmgateway.runtime.model;

/// What a model may call. Texts stay escaped, schemas are JSON values.
public sealed interface Tool {
    /// As the client spells it; what the upstream is told may differ (translation.md 2.7).
    String name();

    /// @param schema empty: none, the tool takes nothing
    /// @param examples list of examples (Messages); empty: none
    record Function(
            String name,
            Slice description,
            Slice schema,
            boolean strict,
            Slice examples,
            CacheMark cache)
            implements Tool {}

    /// Takes free text (OpenAI).
    ///
    /// @param format grammar object; empty: none
    record Custom(String name, Slice description, Slice format) implements Tool {}

    /// Searches of the provider's own. Values are JSON; empty: not said.
    ///
    /// @param userLocation flat: `{"type":"approximate","city":…}`
    record WebSearch(
            String name,
            Slice allowedDomains,
            Slice blockedDomains,
            Slice userLocation,
            Slice maxUses)
            implements Tool {}

    /// Any other typed tool, such as Anthropic's `bash_20250124`; the whole object.
    record Typed(String type, String name, Slice json) implements Tool {}
}
