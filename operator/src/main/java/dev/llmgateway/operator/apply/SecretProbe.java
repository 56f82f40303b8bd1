package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Reads the metadata of a Secret, and no content: the API server sends none.
public final class SecretProbe {
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private final KubernetesClient client;

    public SecretProbe(KubernetesClient client) {
        this.client = client;
    }

    private record Partial(String kind, String apiVersion, ObjectMeta metadata) {}

    /// Empty: there is none. Fails when the API server says neither yes nor no.
    public CompletableFuture<Optional<ObjectMeta>> metadata(ObjectRef secret) {
        HttpRequest request =
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(
                                client.getMasterUrl()
                                        + "api/v1/namespaces/"
                                        + secret.namespace()
                                        + "/secrets/"
                                        + secret.name())
                        .header("Accept", METADATA_ONLY)
                        .build();
        return client.getHttpClient()
                .sendAsync(request, String.class)
                .thenApply(answer ->
                        switch (answer.code()) {
                            case HttpURLConnection.HTTP_OK ->
                                    Optional.of(
                                            client.getKubernetesSerialization()
                                                    .unmarshal(answer.body(), Partial.class)
                                                    .metadata());
                            case HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                            default ->
                                    throw new IllegalStateException(
                                            "metadata of Secret "
                                                    + secret
                                                    + ": HTTP "
                                                    + answer.code());
                        });
    }
}
