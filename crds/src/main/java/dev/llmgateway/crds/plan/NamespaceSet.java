package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// A resolved set of namespaces: consent after selectors were evaluated.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NamespaceSet.All.class, name = "All"),
    @JsonSubTypes.Type(value = NamespaceSet.Names.class, name = "Names")
})
public sealed interface NamespaceSet {
    boolean contains(String namespace);

    /// Every namespace, also future ones.
    record All() implements NamespaceSet {
        @Override
        public boolean contains(String namespace) {
            return true;
        }
    }

    /// Exactly these; may be empty.
    record Names(SortedSet<String> names) implements NamespaceSet {
        public Names {
            names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }

        @Override
        public boolean contains(String namespace) {
            return names.contains(namespace);
        }
    }

    static NamespaceSet of(Collection<String> names) {
        return new Names(new TreeSet<>(names));
    }
}
