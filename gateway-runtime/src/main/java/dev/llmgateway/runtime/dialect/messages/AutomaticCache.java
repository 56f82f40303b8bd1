package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;

/// The request's own `cache_control`. OpenAI caches without being asked; so that its clients find
/// it so, Anthropic is asked where a second request is likely (translation.md 2.1).
final class AutomaticCache {
    private static final int MANY_TURNS = 3;

    private AutomaticCache() {}

    /// @param marks set by the client on blocks
    static CacheMark mark(ChatRequest request, Target target, int marks) {
        if (request.cache() != CacheMark.None) {
            return request.cache();
        }
        String mode = "";
        CacheMark wanted = CacheMark.Usual;
        for (Extra extra : request.extras()) {
            if (extra.name().equals("prompt_cache_retention") && extra.value().is("\"24h\"")) {
                wanted = CacheMark.Long;
            } else if (extra.name().equals("prompt_cache_options")) {
                mode = member(extra.value(), "mode");
                if (member(extra.value(), "ttl").equals("12h")) {
                    wanted = CacheMark.Long;
                }
            }
        }
        boolean likely = !request.tools().isEmpty() || request.turns().size() >= MANY_TURNS;
        boolean implicit = mode.equals("implicit") || (mode.isEmpty() && marks == 0);
        return target.anthropicVendor() && likely && implicit ? wanted : CacheMark.None;
    }

    private static String member(Slice object, String name) {
        JsonCursor json = JsonCursor.of(object);
        String text = "";
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals(name)) {
                    text = json.text();
                } else {
                    json.skip();
                }
            }
        }
        return text;
    }
}
