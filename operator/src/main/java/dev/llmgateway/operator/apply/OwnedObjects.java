package dev.llmgateway.operator.apply;

import dev.llmgateway.operator.owned.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings the objects beside a bundle to what they should be, by server-side apply. What others
/// wrote into fields that we do not name stays.
public final class OwnedObjects {
    /// Annotation: digest of what was applied last.
    static final String CONTENT = "llm-gateway.dev/content";

    /// Answers of the API server that the same object gets again, until somebody changes something.
    private static final Set<Integer> FINAL = Set.of(400, 403, 404, 422);

    private static final PatchContext APPLY =
            new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager(Labels.FIELD_MANAGER)
                    .withForce(true)
                    .build();

    private final KubernetesClient client;

    public OwnedObjects(KubernetesClient client) {
        this.client = client;
    }

    /// What stands in the way.
    ///
    /// @param conflicts names that are taken by objects of others
    /// @param refused what the API server said of objects it does not take
    public record Outcome(List<String> conflicts, List<String> refused) {
        public Outcome {
            conflicts = List.copyOf(conflicts);
            refused = List.copyOf(refused);
        }

        public boolean clean() {
            return conflicts.isEmpty() && refused.isEmpty();
        }
    }

    /// One object in the way of another does not keep the rest.
    ///
    /// @param thorough also where the annotation says that the same was applied before: undoes what
    ///   somebody else changed
    /// @throws KubernetesClientException what may pass by itself
    public Outcome settle(
            HasMetadata owner,
            List<HasMetadata> wanted,
            List<HasMetadata> unwanted,
            boolean thorough) {
        List<String> conflicts = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (HasMetadata object : wanted) {
            attempt(() -> apply(owner, object, thorough), object, conflicts, refused);
        }
        for (HasMetadata object : unwanted) {
            attempt(() -> remove(owner, object), object, conflicts, refused);
        }
        return new Outcome(conflicts, refused);
    }

    private interface Write {
        void run() throws ForeignObjectException;
    }

    private static void attempt(
            Write write, HasMetadata object, List<String> conflicts, List<String> refused) {
        try {
            write.run();
        } catch (ForeignObjectException taken) {
            conflicts.add(String.valueOf(taken.getMessage()));
        } catch (KubernetesClientException e) {
            if (!FINAL.contains(e.getCode())) {
                throw e;
            }
            refused.add(object.getKind() + " " + object.getMetadata().getName() + ": " + reason(e));
        }
    }

    private static String reason(KubernetesClientException e) {
        String told = e.getStatus() == null ? null : e.getStatus().getMessage();
        return told == null ? "the API server answered " + e.getCode() : told;
    }

    private void apply(HasMetadata owner, HasMetadata object, boolean thorough)
            throws ForeignObjectException {
        String digest = digest(object);
        HasMetadata live = client.resource(object).get();
        if (live != null && !Labels.owned(live, owner)) {
            throw new ForeignObjectException(live.getKind(), live.getMetadata().getName());
        }
        if (live != null && !thorough && digest.equals(annotation(live))) {
            return;
        }
        object.setMetadata(
                new ObjectMetaBuilder(object.getMetadata())
                        .addToAnnotations(CONTENT, digest)
                        .build());
        client.resource(object).patch(APPLY);
    }

    private void remove(HasMetadata owner, HasMetadata object) {
        HasMetadata live = client.resource(object).get();
        if (live != null && Labels.owned(live, owner)) {
            client.resource(live).delete();
        }
    }

    private static @Nullable String annotation(HasMetadata live) {
        Map<String, String> annotations = live.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(CONTENT);
    }

    private String digest(HasMetadata object) {
        String text = client.getKubernetesSerialization().asJson(object);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
