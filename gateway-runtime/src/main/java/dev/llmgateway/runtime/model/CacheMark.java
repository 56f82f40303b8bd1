package dev.llmgateway.runtime.model;

/// Where the prompt's prefix is to be cached up to: Anthropic's `cache_control`, OpenAI's
/// `prompt_cache_breakpoint`.
public enum CacheMark {
    None,
    /// The provider's usual time: 5 minutes at Anthropic, 30 at OpenAI.
    Usual,
    /// The long one: 1 hour at Anthropic, 12 at OpenAI.
    Long
}
