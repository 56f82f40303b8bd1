package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.crds.plan.WireFormat;

/// What the client's format calls the fields that warnings and refusals name.
public record SourceFields(String maxTokens, String stop, String effort, String format) {
    private static final SourceFields MESSAGES =
            new SourceFields(
                    "max_tokens", "stop_sequences", "output_config.effort", "output_config.format");
    private static final SourceFields RESPONSES =
            new SourceFields("max_output_tokens", "stop", "reasoning.effort", "text.format");
    private static final SourceFields CHAT =
            new SourceFields(
                    "max_completion_tokens", "stop", "reasoning_effort", "response_format");
    private static final SourceFields COMPLETIONS =
            new SourceFields("max_tokens", "stop", "reasoning_effort", "response_format");

    public static SourceFields of(WireFormat source) {
        return switch (source) {
            case Messages, CountTokens -> MESSAGES;
            case Responses -> RESPONSES;
            case Completions -> COMPLETIONS;
            case ChatCompletions, Embeddings, Models -> CHAT;
        };
    }
}
