package dev.llmgateway.runtime.model;

/// Why a reply ended (translation.md 3.2).
public enum StopReason {
    EndTurn,
    StopSequence,
    ToolUse,
    MaxTokens,
    /// The model's context is full.
    ContextWindow,
    Refusal,
    /// A provider's tool takes long; the client may go on with what it has.
    Pause,
    Compaction
}
