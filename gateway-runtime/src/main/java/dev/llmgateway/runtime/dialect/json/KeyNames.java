package dev.llmgateway.runtime.dialect.json;

import dev.llmgateway.runtime.model.Slice;
import org.jspecify.annotations.Nullable;

/// Member names as strings, remembered, so that reading the same names again costs no garbage.
/// Bounded: a new name takes the place of another with the same hash.
final class KeyNames {
    private static final int PLACES = 256;

    private final Slice[] keys = new Slice[PLACES];
    private final String[] names = new String[PLACES];

    String name(Slice key) {
        int place = place(key);
        @Nullable Slice known = keys[place];
        if (known != null && known.equals(key)) {
            return names[place];
        }
        String name = JsonCursor.decoded(key);
        keys[place] = key.copy();
        names[place] = name;
        return name;
    }

    private static int place(Slice key) {
        int hash = key.length();
        for (int i = key.from(); i < key.to(); i++) {
            hash = 31 * hash + key.bytes()[i];
        }
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
