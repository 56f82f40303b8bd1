package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import java.util.Map;
import java.util.TreeMap;

/// Members of a response object that repeat the request (translation.md 4.5). They are kept as long
/// as a reply lasts and are sent three times, so what may be large is repeated only while it is
/// small (docs/decisions/100).
final class RequestEcho {
    /// Bytes of one member that are repeated.
    private static final int MOST = 4_096;

    private RequestEcho() {}

    /// Names and what stands there when the request does not say it; empty: nothing does.
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("instructions", "null"),
                    Map.entry("max_output_tokens", "null"),
                    Map.entry("max_tool_calls", "null"),
                    Map.entry("metadata", "{}"),
                    Map.entry("parallel_tool_calls", "true"),
                    Map.entry("prompt_cache_key", ""),
                    Map.entry("reasoning", "{\"effort\":null,\"summary\":null}"),
                    Map.entry("safety_identifier", ""),
                    Map.entry("temperature", "null"),
                    Map.entry("text", "{\"format\":{\"type\":\"text\"}}"),
                    Map.entry("tool_choice", "\"auto\""),
                    Map.entry("tools", "[]"),
                    Map.entry("top_p", "null"),
                    Map.entry("truncation", "\"disabled\""),
                    Map.entry("user", "null"));

    static boolean has(String name) {
        return DEFAULTS.containsKey(name);
    }

    /// @param values as the request has them
    static Slice of(Map<String, Slice> values) {
        JsonBytes out = new JsonBytes();
        new TreeMap<>(DEFAULTS)
                .forEach((name, otherwise) -> {
                    Slice value = values.getOrDefault(name, Slice.EMPTY);
                    boolean small = !value.isEmpty() && value.length() <= MOST;
                    boolean said = small && !value.is("null");
                    if (said || !otherwise.isEmpty()) {
                        out.ascii(",\"").ascii(name).ascii("\":");
                        out.raw(said ? value : Slice.of(otherwise));
                    }
                });
        return out.slice().copy();
    }
}
