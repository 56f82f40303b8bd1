package dev.llmgateway.crds.plan;

/// What is known of a model (spec/resources.md, Model catalogue); first matching entry wins.
///
/// @param match model name, exact or with one trailing `*`
/// @param provider restricts the entry to a provider; empty: any
/// @param thinking `A`, `AB`, `B` or `N`
/// @param sampling `Full`, `Temperature` or `None`
/// @param midSystem `Native`, `Developer`, `System` or `Reminder`
/// @param prefill whether a trailing assistant message is accepted
/// @param maxTokensField `max_completion_tokens` or `max_tokens`
/// @param maxOutput most output tokens
/// @param contextTokens 0: unknown
/// @param price micro-dollars per million tokens; all 0: unknown
public record CatalogEntry(
        String match,
        String provider,
        String thinking,
        String sampling,
        boolean structuredOutputs,
        String midSystem,
        boolean prefill,
        boolean stop,
        boolean developerRole,
        String maxTokensField,
        boolean topK,
        boolean search,
        boolean cacheBreakpoints,
        boolean echoReasoning,
        int maxOutput,
        int contextTokens,
        Price price) {

    /// Micro-dollars per million tokens.
    public record Price(long input, long output, long cacheRead, long cacheWrite) {
        public static final Price UNKNOWN = new Price(0, 0, 0, 0);
    }
}
