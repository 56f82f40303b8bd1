package dev.llmgateway.operator.snapshot;

import java.util.List;

/// Which namespaces the operator looks at: `watch.mode`.
public sealed interface Scope {
    /// The operator's own. It reads no Namespace, so selectors see no labels.
    record Own(String namespace) implements Scope {}

    /// These, and their Namespace objects one by one.
    record Listed(List<String> names) implements Scope {
        public Listed {
            names = List.copyOf(names);
        }
    }

    /// All.
    record Cluster() implements Scope {}

    /// Empty: all.
    default List<String> namespaces() {
        return switch (this) {
            case Own(var namespace) -> List.of(namespace);
            case Listed(var names) -> names;
            case Cluster() -> List.of();
        };
    }
}
