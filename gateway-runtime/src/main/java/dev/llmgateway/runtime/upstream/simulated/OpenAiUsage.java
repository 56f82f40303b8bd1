package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Usage and finish reasons in the words Chat and Completions share.
final class OpenAiUsage {
    private OpenAiUsage() {}

    static ObjectNode of(Script script) {
        int input = script.prompt().inputTokens();
        ObjectNode usage =
                Json.object()
                        .put("prompt_tokens", input)
                        .put("completion_tokens", script.outputTokens())
                        .put("total_tokens", input + script.outputTokens());
        usage.set(
                "prompt_tokens_details",
                Json.object().put("cached_tokens", 0).put("cache_write_tokens", 0));
        return usage.set(
                "completion_tokens_details",
                Json.object().put("reasoning_tokens", script.thinkingTokens()));
    }

    static String finishReason(Script script) {
        return switch (script.finish()) {
            case Stop -> "stop";
            case Length -> "length";
            case ToolCall -> "tool_calls";
        };
    }
}
