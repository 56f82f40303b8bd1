package dev.llmgateway.crds.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What our three kinds share: each can tell that its `spec` holds what this release does not know.
/// Then `getSpec()` is null, and the object is to be left out and named, as a folder does it.
public abstract class Declared<S extends Record, T extends Record> extends CustomResource<S, T>
        implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonIgnore private transient @Nullable Unreadable unreadable;

    /// Empty: `spec` was read, or is absent.
    public Optional<Unreadable> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    void unreadable(Unreadable why) {
        unreadable = why;
    }
}
