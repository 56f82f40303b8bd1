package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.Comparator;

/// One object under judgement.
record Subject<S extends Record>(Manifest<S> manifest, Findings findings) {
    /// Older first: creationTimestamp, then namespace and name.
    static final Comparator<Subject<?>> BY_AGE =
            Comparator.<Subject<?>, Instant>comparing(Subject::created).thenComparing(Subject::ref);

    S spec() {
        return manifest.spec();
    }

    ObjectRef ref() {
        return new ObjectRef(manifest.namespace(), manifest.name());
    }

    String namespace() {
        return manifest.namespace();
    }

    /// [Instant#EPOCH] where unknown, as for all objects of a folder.
    Instant created() {
        return Times.parse(manifest.creationTimestamp()).orElse(Instant.EPOCH);
    }
}
