package dev.llmgateway.crds.plan;

/// Names one namespaced object; the text form is `namespace/name`.
public record ObjectRef(String namespace, String name) implements Comparable<ObjectRef> {
    @Override
    public int compareTo(ObjectRef other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
