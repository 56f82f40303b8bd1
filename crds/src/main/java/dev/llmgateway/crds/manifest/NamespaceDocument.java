package dev.llmgateway.crds.manifest;

import java.util.Map;

/// A namespace and the labels that selectors see.
public record NamespaceDocument(String name, Map<String, String> labels) {
    public NamespaceDocument {
        labels = Sorted.copy(labels);
    }
}
