package dev.llmgateway.runtime.model;

/// How a provider served a reply, in Anthropic's terms (translation.md 3.1).
public enum ServiceTier {
    /// Or one that the other formats have no word for.
    Untold,
    Standard,
    Priority,
    Batch
}
