package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;

/// What the client's format calls the fields that warnings and refusals name.
record SourceFields(String maxTokens, String stop, String effort) {
    private static final SourceFields MESSAGES =
            new SourceFields("max_tokens", "stop_sequences", "output_config.effort");
    private static final SourceFields RESPONSES =
            new SourceFields("max_output_tokens", "stop", "reasoning.effort");
    private static final SourceFields CHAT =
            new SourceFields("max_completion_tokens", "stop", "reasoning_effort");
    private static final SourceFields COMPLETIONS =
            new SourceFields("max_tokens", "stop", "reasoning_effort");

    static SourceFields of(WireFormat source) {
        return switch (source) {
            case Messages, CountTokens -> MESSAGES;
            case Responses -> RESPONSES;
            case Completions -> COMPLETIONS;
            case ChatCompletions, Embeddings, Models -> CHAT;
        };
    }
}
