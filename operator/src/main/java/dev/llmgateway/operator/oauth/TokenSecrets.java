package dev.llmgateway.operator.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Token and grant Secrets at the API server. Every write says which version it replaces and names
/// the keys it means, so that whoever wrote meanwhile is noticed and nobody's other keys are
/// touched. Methods throw `KubernetesClientException`; 409 tells that somebody was faster.
final class TokenSecrets {
    private static final PatchContext MERGE =
            new PatchContext.Builder()
                    .withPatchType(PatchType.JSON_MERGE)
                    .withFieldManager(OAuthAnnotations.FIELD_MANAGER)
                    .build();

    /// What keeps GitOps tools from pruning or resetting what no repository holds.
    private static final Map<String, String> NOT_FROM_GIT =
            Map.of(
                    "argocd.argoproj.io/compare-options", "IgnoreExtraneous",
                    "argocd.argoproj.io/sync-options", "Prune=false",
                    "kustomize.toolkit.fluxcd.io/reconcile", "disabled",
                    "kustomize.toolkit.fluxcd.io/prune", "disabled");

    private final KubernetesClient client;

    TokenSecrets(KubernetesClient client) {
        this.client = client;
    }

    /// As it stands now. Asked for by name and label together, so that of a Secret which is not
    /// released nothing is read.
    Optional<Secret> released(ObjectRef ref) {
        return client
                .secrets()
                .inNamespace(ref.namespace())
                .withLabel(Labels.CREDENTIALS, "true")
                .withField("metadata.name", ref.name())
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    TokenSecret read(ObjectRef ref) {
        return released(ref).map(TokenSecret::of).orElseGet(() -> TokenSecret.absent(ref));
    }

    /// @param notes annotations; null: remove
    TokenSecret annotate(TokenSecret live, Map<String, @Nullable String> notes) {
        return patch(live.ref(), live.uid(), live.version(), Map.of(), notes);
    }

    /// Tokens and all that belongs to them in one write.
    TokenSecret store(TokenSecret live, StoredTokens tokens, Map<String, @Nullable String> notes) {
        Map<String, @Nullable String> data = new HashMap<>();
        StoredTokens.keys().forEach(key -> data.put(key, null));
        data.putAll(tokens.data());
        return patch(live.ref(), live.uid(), live.version(), data, notes);
    }

    /// Notes on a grant Secret, whose content cannot change.
    void annotate(Secret grant, Map<String, @Nullable String> notes) {
        patch(
                new ObjectRef(grant.getMetadata().getNamespace(), grant.getMetadata().getName()),
                grant.getMetadata().getUid(),
                grant.getMetadata().getResourceVersion(),
                Map.of(),
                notes);
    }

    private TokenSecret patch(
            ObjectRef ref,
            String uid,
            String version,
            Map<String, @Nullable String> data,
            Map<String, @Nullable String> notes) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", uid).put("resourceVersion", version);
        notes.forEach(metadata.putObject("annotations")::put);
        if (!data.isEmpty()) {
            ObjectNode values = patch.putObject("data");
            data.forEach((key, value) -> values.put(key, value == null ? null : base64(value)));
        }
        return TokenSecret.of(
                client.secrets()
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                        .patch(MERGE, patch.toString()));
    }

    /// A Secret of our own, without an owner: tokens outlive what Git does to the account.
    TokenSecret create(
            ObjectRef ref, String account, StoredTokens tokens, Map<String, String> notes) {
        Map<String, String> annotations = new HashMap<>(NOT_FROM_GIT);
        annotations.put(OAuthAnnotations.MADE_FOR, account);
        annotations.putAll(notes);
        Map<String, String> data = new HashMap<>();
        tokens.data().forEach((key, value) -> data.put(key, base64(value)));
        Secret secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(ref.namespace())
                        .withName(ref.name())
                        .withLabels(Map.of(Labels.CREDENTIALS, "true"))
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withType("Opaque")
                        .withData(data)
                        .build();
        // The client's own create names no field manager.
        String written =
                client.raw(
                        "/api/v1/namespaces/"
                                + ref.namespace()
                                + "/secrets?fieldManager="
                                + OAuthAnnotations.FIELD_MANAGER,
                        "POST",
                        secret);
        return TokenSecret.of(
                client.getKubernetesSerialization()
                        .unmarshal(Objects.requireNonNull(written), Secret.class));
    }

    /// Deletes exactly this version of it; one that is gone is no error.
    void delete(TokenSecret secret) {
        List<?> _ =
                client.secrets()
                        .inNamespace(secret.ref().namespace())
                        .withName(secret.ref().name())
                        .lockResourceVersion(secret.version())
                        .delete();
    }

    /// A grant whose name carries random digits is never another one.
    void delete(ObjectRef grant) {
        List<?> _ = client.secrets().inNamespace(grant.namespace()).withName(grant.name()).delete();
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
