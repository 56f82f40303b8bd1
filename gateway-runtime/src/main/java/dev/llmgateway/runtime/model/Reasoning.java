package dev.llmgateway.runtime.model;

/// How much a model is to think, and what of it is shown (translation.md 2.4).
///
/// @param effort `none`, `minimal`, `low`, `medium`, `high`, `xhigh` or `max`; empty: not said
/// @param display `summarized` or `omitted`; empty: not said
public record Reasoning(Thinking thinking, String effort, String display) {
    public static final Reasoning UNSAID = new Reasoning(new Thinking.Unsaid(), "", "");

    /// Anthropic's `thinking`.
    public sealed interface Thinking {
        record Unsaid() implements Thinking {}

        record Disabled() implements Thinking {}

        /// @param budget tokens
        record Enabled(long budget) implements Thinking {}

        record Adaptive() implements Thinking {}

        record BetweenTools() implements Thinking {}
    }
}
