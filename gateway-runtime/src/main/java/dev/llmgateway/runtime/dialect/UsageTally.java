package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.model.Usage;
import java.io.IOException;

/// The numbers of `usage` objects in any format, last ones win (translation.md 3.3).
final class UsageTally {
    private final boolean inclusive;
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite;
    private long reasoning;

    /// @param inclusive input counts cached tokens too, as OpenAI's does and Anthropic's does not
    UsageTally(boolean inclusive) {
        this.inclusive = inclusive;
    }

    Usage usage() {
        long uncached = inclusive ? Math.max(0, input - cacheRead - cacheWrite) : input;
        return new Usage(uncached, output, cacheRead, cacheWrite, reasoning);
    }

    /// Reads the value the parser stands on; present numbers overwrite, since Anthropic's are
    /// cumulative.
    void read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && name.endsWith("_details")) {
                read(json);
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                number(name, json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void number(String name, JsonParser json) throws IOException {
        switch (name) {
            case "input_tokens", "prompt_tokens" -> input = count(json);
            case "output_tokens", "completion_tokens" -> output = count(json);
            case "cache_read_input_tokens", "cached_tokens", "prompt_cache_hit_tokens" ->
                    cacheRead = count(json);
            case "cache_creation_input_tokens", "cache_write_tokens" -> cacheWrite = count(json);
            case "thinking_tokens", "reasoning_tokens" -> reasoning = count(json);
            default -> {}
        }
    }

    /// Nonsense counts nothing.
    private static long count(JsonParser json) throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return 0;
        }
        return Math.max(0, json.getLongValue());
    }
}
