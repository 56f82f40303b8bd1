package dev.llmgateway.crds.plan;

/// A wire format an account can speak natively.
public enum WireFormat {
    ChatCompletions,
    Messages,
    Responses,
    Completions,
    Embeddings,
    CountTokens,
    Models
}
