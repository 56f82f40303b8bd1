package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;

/// A body being written, and what its writing depends on.
///
/// @param scratch empty but while [#compacted] works
/// @param cacheTime of the breakpoints written so far
public record RequestOutput(
        Target target, Notes notes, JsonBytes json, JsonBytes scratch, CacheTime cacheTime) {
    private static final byte QUOTE = '"';

    /// Starts a string that is written in pieces; stands behind a member's name.
    public JsonBytes quote(String member) {
        return json.name(member).raw(QUOTE);
    }

    public void endQuote() {
        json.raw(QUOTE);
    }

    /// A JSON value as a piece of a string.
    public void compacted(Slice value) {
        scratch.clear();
        JsonEscapes.compact(value, scratch);
        JsonEscapes.escape(scratch.slice(), json);
    }

    /// Whether the upstream is to be told of a mark.
    public boolean marks(CacheMark mark) {
        return mark != CacheMark.None && target.entry().cacheBreakpoints();
    }

    /// Adds the mark to the part that is being written.
    public void mark(CacheMark mark) {
        if (marks(mark)) {
            json.name("prompt_cache_breakpoint");
            json.objectStart().member("mode", "explicit").objectEnd();
            cacheTime.take(mark);
        }
    }

    /// A text part; an empty one ends no prefix that could be cached.
    public void text(Slice text, CacheMark mark) {
        json.objectStart().member("type", "text").member("text", text);
        if (!text.isEmpty()) {
            mark(mark);
        }
        json.objectEnd();
    }
}
