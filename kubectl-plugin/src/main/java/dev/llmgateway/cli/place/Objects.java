package dev.llmgateway.cli.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// The objects of a cluster or of a folder. Every method may throw a [Failure].
public interface Objects {
    /// Objects of a kind, by namespace and name, each with its `status`.
    ///
    /// @param selector as `kubectl -l`; empty: all
    List<JsonNode> list(Kind kind, String selector);

    Optional<JsonNode> find(Kind kind, String name);

    /// Creates objects, or brings ours up to date; a Secret's values never leave by an argument.
    void apply(List<ObjectNode> objects, Change change);

    /// Sets or removes single fields of an object that is there, and leaves everything else,
    /// comments in a folder included, as it is.
    void edit(Kind kind, String name, List<Edit> edits, Change change);

    /// Removes an object, and in a folder the Secret values that belong to it alone.
    void remove(Kind kind, String name, Change change);

    /// Where names without a namespace are looked for.
    String namespace();

    /// @param name of an object that must be there
    default JsonNode read(Kind kind, String name) {
        return find(kind, name)
                .orElseThrow(() ->
                        new Failure(
                                ExitCode.NOT_FOUND, "notFound", kind.kind(), name, namespace()));
    }

    /// How a change is to be made.
    ///
    /// @param dryRun `none`, `client` or `server`
    /// @param force also what another manager owns
    record Change(String dryRun, boolean force) {
        public boolean real() {
            return dryRun.equals("none");
        }
    }

    /// One field.
    ///
    /// @param path below the object, such as `spec`, `suspended`
    /// @param value absent: the field is removed
    record Edit(List<String> path, Optional<JsonNode> value) {
        public Edit {
            path = List.copyOf(path);
        }

        public static Edit set(JsonNode value, String... path) {
            return new Edit(List.of(path), Optional.of(value));
        }

        public static Edit unset(String... path) {
            return new Edit(List.of(path), Optional.empty());
        }

        /// A copy with the field set or removed; members that are missing above it are made.
        public JsonNode apply(JsonNode object) {
            if (!(object.deepCopy() instanceof ObjectNode copy)) {
                return object;
            }
            ObjectNode parent = copy;
            for (String name : path.subList(0, path.size() - 1)) {
                if (parent.get(name) instanceof ObjectNode there) {
                    parent = there;
                } else if (value.isEmpty()) {
                    return copy;
                } else {
                    parent = parent.putObject(name);
                }
            }
            if (value.isPresent()) {
                parent.set(path.getLast(), value.get());
            } else {
                parent.remove(path.getLast());
            }
            return copy;
        }
    }
}
