package dev.llmgateway.crds.manifest;

import java.util.Map;

/// One object of ours with what `compile` needs of its metadata.
///
/// @param namespace `default` where the document names none
/// @param uid identity of the object: the cluster's, or `kind/namespace/name` in a folder
/// @param creationTimestamp RFC 3339; empty: unknown
public record Manifest<S>(
        Source source,
        String namespace,
        String name,
        String uid,
        String creationTimestamp,
        Map<String, String> labels,
        Map<String, String> annotations,
        S spec) {
    public Manifest {
        labels = Sorted.copy(labels);
        annotations = Sorted.copy(annotations);
    }
}
