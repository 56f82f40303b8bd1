package dev.llmgateway.crds.manifest;

import java.util.Map;

/// A ConfigMap.
///
/// @param data text by key; `binaryData` is not read
public record ConfigMapDocument(
        Source source, String namespace, String name, Map<String, String> data) {
    public ConfigMapDocument {
        data = Sorted.copy(data);
    }
}
