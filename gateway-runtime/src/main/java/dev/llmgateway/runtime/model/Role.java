package dev.llmgateway.runtime.model;

/// Who speaks in a turn. `System`: instructions in the middle of a conversation; those that lead it
/// are [ChatRequest#system].
public enum Role {
    User,
    Assistant,
    System
}
