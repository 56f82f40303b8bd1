package dev.llmgateway.runtime.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// The watched ConfigMap as of one moment.
///
/// @param resourceVersion from where a watch goes on
/// @param text of the data key that was asked for; empty: there is no such object or key
public record IndexObject(String resourceVersion, Optional<String> text) {
    static IndexObject ofList(JsonNode list, String key) {
        JsonNode item = list.path("items").path(0);
        return new IndexObject(
                list.path("metadata").path("resourceVersion").asText(), text(item, key));
    }

    static IndexObject of(JsonNode configMap, String key) {
        return new IndexObject(
                configMap.path("metadata").path("resourceVersion").asText(), text(configMap, key));
    }

    private static Optional<String> text(JsonNode configMap, String key) {
        JsonNode value = configMap.path("data").path(key);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
