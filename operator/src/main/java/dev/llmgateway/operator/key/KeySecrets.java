package dev.llmgateway.operator.key;

import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.operator.apply.SecretProbe;
import dev.llmgateway.operator.owned.Labels;
import dev.llmgateway.operator.owned.Owner;
import dev.llmgateway.operator.snapshot.World;
import dev.llmgateway.operator.status.KeyFacts.SecretState;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The Secrets of generated keys. Every write says which version it replaces, so two processes
/// never make two keys of one.
public final class KeySecrets {
    private final KubernetesClient client;
    private final World world;
    private final SecretProbe probe;
    private final RandomGenerator random;
    private final Clock clock;

    /// @param random cryptographically strong
    public KeySecrets(KubernetesClient client, World world, RandomGenerator random, Clock clock) {
        this.client = client;
        this.world = world;
        this.random = random;
        this.clock = clock;
        probe = new SecretProbe(client);
    }

    /// Of a key that is not accepted.
    static SecretState withheld(GatewayKey key) {
        boolean generates = key.getSpec() == null || key.getSpec().source().generate() != null;
        return generates ? SecretState.Withheld : SecretState.Hashes;
    }

    /// Generates or rotates as the key asks.
    SecretState settle(GatewayKey key) {
        GatewayKeySpec.Generate generate = key.getSpec().source().generate();
        if (generate == null) {
            return SecretState.Hashes;
        }
        ObjectRef ref = new ObjectRef(key.getMetadata().getNamespace(), generate.secretName());
        Optional<Secret> present = world.generated(ref);
        if (present.isPresent() && !Labels.owned(present.get(), key)) {
            return SecretState.Foreign;
        }
        return switch (step(key, present)) {
            case KeyStep.Keep() -> SecretState.Generated;
            case KeyStep.Write(var values) -> write(key, ref, present, values);
        };
    }

    private KeyStep step(GatewayKey key, Optional<Secret> present) {
        GatewayKeySpec.Rotation rotation = key.getSpec().rotation();
        return KeyStep.of(
                rotation == null ? 1 : rotation.revision(),
                rotation == null
                        ? Duration.ZERO
                        : Duration.ofMillis(Durations.parse(rotation.overlap()).orElse(0)),
                present.map(KeySecrets::values).orElse(Map.of()),
                clock.instant(),
                random);
    }

    private SecretState write(
            GatewayKey key, ObjectRef ref, Optional<Secret> present, Map<String, String> values) {
        Secret secret = secret(key, ref, present, values);
        if (present.isPresent()) {
            client.resource(secret).update(); // 409: somebody was faster, look again
            return SecretState.Generated;
        }
        try {
            client.resource(secret).create();
            return SecretState.Generated;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return ours(ref, key) ? SecretState.Pending : SecretState.Foreign;
        }
    }

    /// Ours: made a moment ago, and the informer has not seen it yet.
    private boolean ours(ObjectRef secret, GatewayKey key) {
        return probe.metadata(secret).join().stream()
                .flatMap(meta -> meta.getOwnerReferences().stream())
                .map(OwnerReference::getUid)
                .anyMatch(key.getMetadata().getUid()::equals);
    }

    private static Secret secret(
            GatewayKey key, ObjectRef ref, Optional<Secret> present, Map<String, String> values) {
        Map<String, String> data = new HashMap<>();
        values.forEach((name, value) ->
                data.put(
                        name,
                        Base64.getEncoder()
                                .encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .withLabels(Labels.ofKey(key.getMetadata().getName()))
                .withOwnerReferences(List.of(Owner.of(key)))
                .withResourceVersion(
                        present.map(old -> old.getMetadata().getResourceVersion()).orElse(null))
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static Map<String, String> values(Secret secret) {
        Map<String, String> values = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((name, base64) ->
                            values.put(
                                    name,
                                    new String(
                                            Base64.getDecoder().decode(base64),
                                            StandardCharsets.UTF_8)));
        }
        return values;
    }
}
