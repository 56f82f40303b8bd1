package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.CacheMark;

/// Writes `cache_control` and counts, in the order of the prompt: tools, system, messages.
final class CacheMarks {
    /// Most that Anthropic takes in one request.
    static final int MOST = 4;

    private final int skipped;
    private int seen;

    /// @param skipped how many of the first ones are left out
    CacheMarks(int skipped) {
        this.skipped = skipped;
    }

    int seen() {
        return seen;
    }

    /// A block's mark, as its last member.
    void block(CacheMark mark, JsonBytes out) {
        if (mark != CacheMark.None && ++seen > skipped) {
            write(mark, out);
        }
    }

    /// The request's own mark, which the limit never takes away.
    static void write(CacheMark mark, JsonBytes out) {
        if (mark == CacheMark.None) {
            return;
        }
        out.name("cache_control").objectStart().member("type", "ephemeral");
        if (mark == CacheMark.Long) {
            out.member("ttl", "1h");
        }
        out.objectEnd();
    }
}
