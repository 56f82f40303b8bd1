package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Usage;

/// Reads `usage`, whose input counts what the cache gave and took (translation.md 3.3).
final class DecodedUsage {
    /// More than any model takes or makes.
    private static final long MOST = 1L << 50;

    private long input;
    private long output;
    private long cached;
    private long written;
    private long reasoning;

    /// @param told JSON value
    Usage read(Slice told) {
        members(JsonCursor.of(told));
        return new Usage(Math.max(0, input - cached - written), output, cached, written, reasoning);
    }

    private void members(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "input_tokens" -> input = count(json);
                case "output_tokens" -> output = count(json);
                case "input_tokens_details", "output_tokens_details" -> details(json);
                default -> json.skip();
            }
        }
    }

    private void details(JsonCursor json) {
        if (!json.object()) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "cached_tokens" -> cached = count(json);
                case "cache_write_tokens" -> written = count(json);
                case "reasoning_tokens" -> reasoning = count(json);
                default -> json.skip();
            }
        }
    }

    private static long count(JsonCursor json) {
        return Math.min(MOST, json.count(0));
    }
}
