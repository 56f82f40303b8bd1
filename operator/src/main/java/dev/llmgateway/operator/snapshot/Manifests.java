package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.manifest.ConfigMapDocument;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.NamespaceDocument;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.manifest.UnreadableObject;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.Declared;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Objects as the client reads them, to what `compile` reads.
final class Manifests {
    private final List<UnreadableObject> unreadable = new ArrayList<>();

    private Manifests() {}

    /// @param unreleased Secrets that exist without the label; nothing else is known of them
    static ManifestSet of(Objects objects, Collection<ObjectRef> unreleased) {
        Manifests manifests = new Manifests();
        var gateways = manifests.readable(objects.gateways().all());
        var accounts = manifests.readable(objects.accounts().all());
        var keys = manifests.readable(objects.keys().all());
        return new ManifestSet(
                gateways,
                accounts,
                keys,
                secrets(objects, unreleased),
                objects.configMaps()
                        .all()
                        .map(map ->
                                new ConfigMapDocument(
                                        source(map), namespace(map), name(map), map(map.getData())))
                        .toList(),
                objects.namespaces()
                        .all()
                        .map(object -> new NamespaceDocument(name(object), labels(object)))
                        .toList(),
                manifests.unreadable);
    }

    private <S extends Record> List<Manifest<S>> readable(
            Stream<? extends Declared<S, ?>> objects) {
        List<Manifest<S>> readable = new ArrayList<>();
        objects.forEach(object -> {
            S spec = object.getSpec();
            if (spec != null && object.unreadable().isEmpty()) {
                readable.add(manifest(object, spec));
            } else {
                unreadable.add(unreadable(object));
            }
        });
        return readable;
    }

    private static <S extends Record> Manifest<S> manifest(Declared<S, ?> object, S spec) {
        return new Manifest<>(
                source(object),
                namespace(object),
                name(object),
                object.getMetadata().getUid(),
                object.getMetadata().getCreationTimestamp(),
                labels(object),
                map(object.getMetadata().getAnnotations()),
                spec);
    }

    private static UnreadableObject unreadable(Declared<?, ?> object) {
        return new UnreadableObject(
                source(object),
                object.getKind(),
                namespace(object),
                name(object),
                object.unreadable().map(why -> why.path()).orElse("spec"),
                object.unreadable().map(why -> why.message()).orElse("is missing"));
    }

    private static List<SecretDocument> secrets(Objects objects, Collection<ObjectRef> unreleased) {
        Map<ObjectRef, SecretDocument> documents = new HashMap<>();
        for (ObjectRef ref : unreleased) {
            documents.put(
                    ref,
                    new SecretDocument(
                            new Source("Secret", 1),
                            ref.namespace(),
                            ref.name(),
                            Map.of(),
                            Map.of()));
        }
        Set<String> living = new HashSet<>();
        objects.keys().all().forEach(key -> living.add(key.getMetadata().getUid()));
        Stream.concat(
                        objects.generated().all().filter(secret -> belongs(secret, living)),
                        objects.released().all())
                .forEach(secret -> documents.put(ref(secret), document(secret)));
        return List.copyOf(documents.values());
    }

    /// A label alone could be anybody's.
    private static boolean belongs(Secret secret, Set<String> living) {
        return secret.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> living.contains(owner.getUid()));
    }

    private static SecretDocument document(Secret secret) {
        Map<String, String> values = new HashMap<>();
        map(secret.getData()).forEach((key, base64) -> values.put(key, decoded(base64)));
        return new SecretDocument(
                source(secret), namespace(secret), name(secret), labels(secret), values);
    }

    /// Bytes that are no UTF-8 become characters that no header takes, so compile refuses them.
    static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    static ObjectRef ref(HasMetadata object) {
        return new ObjectRef(namespace(object), name(object));
    }

    private static Source source(HasMetadata object) {
        return new Source(object.getKind() + "/" + namespace(object) + "/" + name(object), 1);
    }

    private static String namespace(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static Map<String, String> labels(HasMetadata object) {
        return map(object.getMetadata().getLabels());
    }

    private static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
