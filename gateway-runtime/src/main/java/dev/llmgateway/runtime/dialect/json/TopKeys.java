package dev.llmgateway.runtime.dialect.json;

import java.util.EnumSet;
import java.util.Set;

/// The known top-level members of one body, a bit each, so that a request needs no set of its own.
///
/// @param bits one for every constant of [TopKey], by its ordinal
public record TopKeys(long bits) {
    private static final long ANTHROPIC = of(TopKey.Vendor.Anthropic);

    @SuppressWarnings("EnumOrdinal") // bits live as long as one request and are never stored
    static long bit(TopKey key) {
        return 1L << key.ordinal();
    }

    public boolean has(TopKey key) {
        return (bits & bit(key)) != 0;
    }

    /// Whether one is there that only Anthropic's API knows.
    public boolean anthropic() {
        return (bits & ANTHROPIC) != 0;
    }

    /// The members as a set of their own, to work with.
    public Set<TopKey> toSet() {
        Set<TopKey> keys = EnumSet.noneOf(TopKey.class);
        for (TopKey key : TopKey.values()) {
            if (has(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static long of(TopKey.Vendor vendor) {
        long bits = 0;
        for (TopKey key : TopKey.values()) {
            bits |= key.vendor() == vendor ? bit(key) : 0;
        }
        return bits;
    }
}
