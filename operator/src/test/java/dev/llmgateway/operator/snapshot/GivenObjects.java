package dev.llmgateway.operator.snapshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.crds.resource.GatewayKey;
import dev.llmgateway.crds.resource.LenientReading;
import dev.llmgateway.crds.resource.UpstreamAccount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects as an API server would hand out those of a folder. What the folder's reader refuses, a
/// schema would too.
final class GivenObjects {
    private static final KubernetesSerialization READER =
            new KubernetesSerialization(LenientReading.configure(new ObjectMapper()), true);

    private final ManifestSet folder;
    private final List<GatewayConfig> gateways = new ArrayList<>();
    private final List<UpstreamAccount> accounts = new ArrayList<>();
    private final List<GatewayKey> keys = new ArrayList<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<ConfigMap> configMaps = new ArrayList<>();
    private final List<Namespace> namespaces = new ArrayList<>();

    private GivenObjects(ManifestSet folder) {
        this.folder = folder;
    }

    private record Some<R extends HasMetadata>(List<R> objects) implements Objects.Some<R> {
        @Override
        public Stream<R> all() {
            return objects.stream();
        }

        @Override
        public Optional<R> find(String namespace, String name) {
            return all().filter(
                            object -> Manifests.ref(object).equals(new ObjectRef(namespace, name)))
                    .findFirst();
        }
    }

    static GivenObjects of(List<String> texts, ManifestSet folder) {
        GivenObjects given = new GivenObjects(folder);
        for (String text : texts) {
            for (String document : text.split("(?m)^---.*$", -1)) {
                given.add(document);
            }
        }
        if (folder.gateways().isEmpty() && given.gateways.isEmpty()) {
            given.add("{kind: GatewayConfig, metadata: {name: main}, spec: {}}");
        }
        return given;
    }

    Objects objects() {
        List<Secret> generated = secrets.stream().filter(this::isGenerated).toList();
        generated.forEach(this::own);
        return new Objects(
                new Some<>(gateways),
                new Some<>(accounts),
                new Some<>(keys),
                new Some<>(secrets.stream().filter(GivenObjects::released).toList()),
                new Some<>(generated),
                new Some<>(configMaps),
                new Some<>(namespaces));
    }

    List<ObjectRef> unreleased() {
        return secrets.stream().filter(secret -> !released(secret)).map(Manifests::ref).toList();
    }

    private void add(String document) {
        Map<?, ?> read = READER.unmarshal("---\n" + document, Map.class); // else "{" means JSON
        if (read == null) {
            return;
        }
        switch (String.valueOf(read.get("kind"))) {
            case "GatewayConfig" -> ours(read, GatewayConfig.class, gateways, folder.gateways());
            case "UpstreamAccount" ->
                    ours(read, UpstreamAccount.class, accounts, folder.accounts());
            case "GatewayKey" -> ours(read, GatewayKey.class, keys, folder.keys());
            case "Secret" -> secrets.add(inData(placed(READER.convertValue(read, Secret.class))));
            case "ConfigMap" -> configMaps.add(placed(READER.convertValue(read, ConfigMap.class)));
            case "Namespace" -> namespaces.add(READER.convertValue(read, Namespace.class));
            default -> {}
        }
    }

    private <R extends HasMetadata> void ours(
            Map<?, ?> read, Class<R> kind, List<R> all, List<? extends Manifest<?>> known) {
        R object = placed(READER.convertValue(read, kind));
        ObjectRef ref = Manifests.ref(object);
        boolean standsIn = known.isEmpty() && kind == GatewayConfig.class;
        if (standsIn
                || known.stream()
                        .anyMatch(manifest ->
                                new ObjectRef(manifest.namespace(), manifest.name()).equals(ref))) {
            object.getMetadata().setUid(kind.getSimpleName() + "/" + ref);
            object.getMetadata().setGeneration(1L);
            if (object.getMetadata().getCreationTimestamp() == null) {
                object.getMetadata().setCreationTimestamp("1970-01-01T00:00:00Z");
            }
            all.add(object);
        }
    }

    private static <R extends HasMetadata> R placed(R object) {
        if (object.getMetadata().getNamespace() == null) {
            object.getMetadata().setNamespace("default");
        }
        return object;
    }

    /// As the API server stores it.
    private static Secret inData(Secret secret) {
        Map<String, String> data =
                new HashMap<>(secret.getData() == null ? Map.of() : secret.getData());
        if (secret.getStringData() != null) {
            secret.getStringData()
                    .forEach((key, text) ->
                            data.put(
                                    key,
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    text.getBytes(StandardCharsets.UTF_8))));
        }
        secret.setData(data);
        return secret;
    }

    private static boolean released(Secret secret) {
        return secret.getMetadata().getLabels() != null
                && "true"
                        .equals(
                                secret.getMetadata()
                                        .getLabels()
                                        .get("llm-gateway.dev/credentials"));
    }

    private boolean isGenerated(Secret secret) {
        return !released(secret) && keys.stream().anyMatch(key -> names(key, secret));
    }

    private void own(Secret secret) {
        keys.stream()
                .filter(key -> names(key, secret))
                .forEach(key ->
                        secret.getMetadata()
                                .getOwnerReferences()
                                .add(
                                        new OwnerReferenceBuilder()
                                                .withUid(key.getMetadata().getUid())
                                                .build()));
    }

    private static boolean names(GatewayKey key, Secret secret) {
        var generate = key.getSpec().source().generate();
        return generate != null
                && Manifests.ref(secret)
                        .equals(
                                new ObjectRef(
                                        key.getMetadata().getNamespace(), generate.secretName()));
    }
}
