package dev.llmgateway.crds.manifest;

import java.util.Map;

/// A Secret.
///
/// @param values decoded text by key: `data` without its base64, `stringData` over it
public record SecretDocument(
        Source source,
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> values) {
    public SecretDocument {
        labels = Sorted.copy(labels);
        values = Sorted.copy(values);
    }

    /// Names the keys, never a value.
    @Override
    public String toString() {
        return "SecretDocument[" + namespace + "/" + name + ", keys " + values.keySet() + "]";
    }
}
