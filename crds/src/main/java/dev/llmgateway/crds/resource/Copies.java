package dev.llmgateway.crds.resource;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Copies of lists that may be absent or hold nulls; never throws.
final class Copies {
    private Copies() {}

    static <T> List<T> of(@Nullable List<T> values) {
        return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
    }
}
