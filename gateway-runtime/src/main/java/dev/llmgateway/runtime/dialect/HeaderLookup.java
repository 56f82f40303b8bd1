package dev.llmgateway.runtime.dialect;

import org.jspecify.annotations.Nullable;

/// A request's headers as detection needs them.
@FunctionalInterface
public interface HeaderLookup {
    /// First value, or null.
    @Nullable String header(String lowerName);
}
