package dev.llmgateway.crds.plan;

/// Who stands behind an account; decides defaults of URL, credential header and models.
public enum Provider {
    Anthropic,
    OpenAI,
    AzureOpenAI,
    Google,
    Qwen,
    OpenAICompatible,
    AnthropicCompatible,
    Simulated
}
