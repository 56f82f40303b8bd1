package dev.llmgateway.runtime.dialect.translation;

/// What a dialect keeps of its client's request until the reply, beyond what the hub knows. Only
/// the dialect that made it looks into it.
public interface RequestMemory {
    RequestMemory NONE = new RequestMemory() {};
}
