package dev.llmgateway.runtime.model;

/// Tokens of one call in Anthropic's terms: the four billing buckets are disjoint.
///
/// @param input tokens neither read from nor written to a cache
/// @param output includes reasoning
/// @param reasoning part of `output`
public record Usage(long input, long output, long cacheRead, long cacheWrite, long reasoning) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);
}
