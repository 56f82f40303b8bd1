package dev.llmgateway.cli.connect;

/// Programs that know how to be pointed at a gateway.
enum Client {
    ClaudeCode,
    Codex,
    OpenAI,
    Anthropic,
    Curl
}
