package dev.llmgateway.crds.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the constructors of this room do with absent components. Nothing here throws: an object
/// read from the API server by an older program must never kill its informer.
final class Defaults {
    private Defaults() {}

    static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    /// An immutable copy; empty where absent. Null elements stay, for `compile` to refuse: an
    /// unknown word may be read as null, and without it a list of permissions could become empty,
    /// which permits everything.
    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values.stream().toList();
    }

    static <T> List<T> list(@Nullable List<T> values, List<T> fallback) {
        return values == null ? fallback : list(values);
    }

    /// An immutable copy in the given order; empty where absent.
    static <V> Map<String, V> map(@Nullable Map<String, V> values) {
        return values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
