package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.CacheMark;

/// How long the breakpoints of a body are to last: OpenAI is told once for all of them, in
/// `prompt_cache_options`, where Anthropic is told at each. The longest counts.
public final class CacheTime {
    private boolean lasting;

    /// A breakpoint was written.
    public void take(CacheMark mark) {
        lasting |= mark == CacheMark.Long;
    }

    /// Adds the member, if another time than the usual is wanted.
    public void write(JsonBytes json) {
        if (lasting) {
            json.name("prompt_cache_options").objectStart().member("ttl", "12h").objectEnd();
        }
    }
}
