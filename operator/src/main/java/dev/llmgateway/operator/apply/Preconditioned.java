package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/// Writes that name the version they replace, so a former leader that slept gets 409 instead of
/// bringing an old state back.
public final class Preconditioned {
    private final KubernetesClient client;
    private final SecretProbe probe;

    public Preconditioned(KubernetesClient client) {
        this.client = client;
        probe = new SecretProbe(client);
    }

    /// The object as it stands. Its version is empty where there is none.
    ///
    /// @param named kind, namespace and name
    /// @throws ForeignObjectException when the name is taken
    public <R extends HasMetadata> Live<R> read(HasMetadata owner, R named)
            throws ForeignObjectException {
        if (named instanceof Secret && isForeign(owner, named)) {
            throw new ForeignObjectException(named.getKind(), named.getMetadata().getName());
        }
        R live = client.resource(named).get();
        if (live == null) {
            return new Live<>(named, "");
        }
        if (!Labels.owned(live, owner)) {
            throw new ForeignObjectException(live.getKind(), live.getMetadata().getName());
        }
        return new Live<>(live, live.getMetadata().getResourceVersion());
    }

    /// Of a Secret that is not ours the content is never read, not even to learn whose it is.
    private boolean isForeign(HasMetadata owner, HasMetadata named) {
        ObjectMeta meta = named.getMetadata();
        return probe.metadata(new ObjectRef(meta.getNamespace(), meta.getName())).join().stream()
                .anyMatch(found ->
                        found.getOwnerReferences().stream()
                                .noneMatch(reference ->
                                        reference.getUid().equals(owner.getMetadata().getUid())));
    }

    /// An object and the version it was read as.
    ///
    /// @param version resourceVersion; empty: there is none
    public record Live<R>(R object, String version) {}

    /// @param version that is replaced; empty: there is none
    /// @return the new version
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with 409 when another process
    ///   wrote meanwhile
    public <R extends HasMetadata> String write(R object, String version) {
        Resource<R> resource = client.resource(object);
        object.getMetadata().setResourceVersion(version.isEmpty() ? null : version);
        R written = version.isEmpty() ? resource.create() : resource.update();
        return written.getMetadata().getResourceVersion();
    }
}
