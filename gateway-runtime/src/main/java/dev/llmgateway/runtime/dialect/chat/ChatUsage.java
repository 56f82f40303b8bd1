package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Usage;
import java.util.Optional;

/// Reads `usage` objects (translation.md 3.3). OpenAI's prompt includes what was read from and
/// written to caches.
final class ChatUsage {
    private final JsonCursor json = new JsonCursor();
    private boolean told;
    private long prompt;
    private long completion;
    private long cached;
    private long written;
    private long reasoning;

    /// @param usage valid JSON
    /// @return empty: it tells no number
    Optional<Usage> read(Slice usage) {
        told = false;
        prompt = 0;
        completion = 0;
        cached = 0;
        written = 0;
        reasoning = 0;
        json.over(usage);
        members();
        if (!told) {
            return Optional.empty();
        }
        long input = Math.max(0, Math.max(0, prompt - cached) - written);
        return Optional.of(new Usage(input, completion, cached, written, reasoning));
    }

    private void members() {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "prompt_tokens" -> prompt = count();
                case "completion_tokens" -> completion = count();
                // At the top of DeepSeek's and of several others' usage.
                case "cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens" ->
                        cached = Math.max(cached, count());
                case "cache_write_tokens", "cache_creation_input_tokens" ->
                        written = Math.max(written, count());
                case "reasoning_tokens" -> reasoning = Math.max(reasoning, count());
                case "prompt_tokens_details", "completion_tokens_details" -> members();
                default -> json.skip();
            }
        }
    }

    private long count() {
        long count = json.count(0);
        told |= count > 0;
        return count;
    }
}
