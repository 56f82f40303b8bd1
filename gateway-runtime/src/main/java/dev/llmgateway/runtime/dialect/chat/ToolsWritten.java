package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Tool;
import java.util.Optional;
import java.util.Set;

/// What has become of a request's tools.
///
/// @param any there is a member `tools`
/// @param search became `web_search_options`
/// @param leftOut names
/// @param customTools custom tools are what they are, else functions
record ToolsWritten(
        boolean any, Optional<Tool.WebSearch> search, Set<String> leftOut, boolean customTools) {
    boolean isSearch(String name) {
        return search.isPresent() && search.get().name().equals(name);
    }
}
