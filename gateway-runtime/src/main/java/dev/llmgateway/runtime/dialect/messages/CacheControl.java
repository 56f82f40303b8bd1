package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.model.CacheMark;

/// `cache_control` of a block, a tool or the whole request.
final class CacheControl {
    private CacheControl() {}

    /// Members other than `ttl` change nothing of a reply and are left out in silence.
    static CacheMark of(Members holder, Reading reading) {
        int here = reading.path().into("cache_control");
        Members control = holder.object("cache_control");
        boolean longer = control.string("ttl").is("1h");
        reading.path().back(here);
        if (control.isEmpty()) {
            return CacheMark.None;
        }
        return longer ? CacheMark.Long : CacheMark.Usual;
    }
}
