package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.dialect.json.DecodedText;
import dev.llmgateway.runtime.model.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of `usage` objects in any format, last ones win (translation.md 3.3).
final class UsageTally {
    /// What a member of a `usage` object, or of one of its `*_details`, counts.
    enum Count {
        Input("input_tokens", "prompt_tokens"),
        Output("output_tokens", "completion_tokens"),
        CacheRead("cache_read_input_tokens", "cached_tokens", "prompt_cache_hit_tokens"),
        CacheWrite("cache_creation_input_tokens", "cache_write_tokens"),
        Reasoning("thinking_tokens", "reasoning_tokens");

        private static final List<List<Named>> BY_LENGTH = byLength();

        private final String names;

        Count(String... names) {
            this.names = String.join(" ", names);
        }

        /// Compares in place; null: counts nothing.
        static @Nullable Count of(DecodedText member) {
            if (member.length() >= BY_LENGTH.size()) {
                return null;
            }
            List<Named> possible = BY_LENGTH.get(member.length());
            for (int i = 0; i < possible.size(); i++) {
                if (member.is(possible.get(i).name())) {
                    return possible.get(i).count();
                }
            }
            return null;
        }

        private static @Nullable Count of(String member) {
            if (member.length() >= BY_LENGTH.size()) {
                return null;
            }
            for (Named named : BY_LENGTH.get(member.length())) {
                if (named.name().equals(member)) {
                    return named.count();
                }
            }
            return null;
        }

        private static List<List<Named>> byLength() {
            List<List<Named>> all = new ArrayList<>();
            for (Count count : values()) {
                for (String name : count.names.split(" ", -1)) {
                    while (all.size() <= name.length()) {
                        all.add(new ArrayList<>());
                    }
                    all.get(name.length()).add(new Named(name, count));
                }
            }
            return all.stream().map(List::copyOf).toList();
        }

        private record Named(String name, Count count) {}
    }

    /// End of the names of objects inside `usage` whose numbers count too.
    static final String DETAILS = "_details";

    private boolean inclusive;
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite;
    private long reasoning;

    /// @param inclusive input counts cached tokens too, as OpenAI's does and Anthropic's does not
    UsageTally(boolean inclusive) {
        this.inclusive = inclusive;
    }

    /// Makes it as new.
    void reset(boolean inclusiveInput) {
        inclusive = inclusiveInput;
        input = 0;
        output = 0;
        cacheRead = 0;
        cacheWrite = 0;
        reasoning = 0;
    }

    Usage usage() {
        long uncached = inclusive ? Math.max(0, input - cacheRead - cacheWrite) : input;
        return new Usage(uncached, output, cacheRead, cacheWrite, reasoning);
    }

    /// A number present overwrites the one before, since Anthropic's are cumulative.
    void set(Count count, long tokens) {
        switch (count) {
            case Input -> input = tokens;
            case Output -> output = tokens;
            case CacheRead -> cacheRead = tokens;
            case CacheWrite -> cacheWrite = tokens;
            case Reasoning -> reasoning = tokens;
        }
    }

    /// Reads the value the parser stands on.
    void read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && name.endsWith(DETAILS)) {
                read(json);
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                number(Count.of(name), json);
            } else {
                json.skipChildren();
            }
        }
    }

    /// Nonsense counts nothing.
    private void number(@Nullable Count count, JsonParser json) throws IOException {
        if (count != null) {
            boolean nonsense = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
            set(count, nonsense ? 0 : Math.max(0, json.getLongValue()));
        }
    }
}
