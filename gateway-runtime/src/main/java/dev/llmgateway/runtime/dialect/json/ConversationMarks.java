package dev.llmgateway.runtime.dialect.json;

/// Where in a body the values stand that tell which conversation it goes on with: offsets of their
/// first bytes, -1: absent.
///
/// @param system `system` or `instructions`
/// @param turns `messages` or `input`
/// @param store whether the reply is to be kept
/// @param conversation that the provider keeps
public record ConversationMarks(
        int metadata,
        int promptCacheKey,
        int previousResponse,
        int system,
        int turns,
        int store,
        int conversation) {}
