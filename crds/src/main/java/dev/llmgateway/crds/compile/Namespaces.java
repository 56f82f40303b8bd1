package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.NamespaceConsent;
import dev.llmgateway.crds.api.Selector;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.NamespaceDocument;
import dev.llmgateway.crds.plan.NamespaceSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every namespace some object stands in or a Namespace document declares, with its labels.
final class Namespaces {
    /// Set by the API server on every namespace; tenants cannot forge it.
    static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final SortedMap<String, Map<String, String>> labels = new TreeMap<>();

    static Namespaces of(ManifestSet set) {
        Namespaces known = new Namespaces();
        Stream.of(
                        set.gateways().stream().map(object -> object.namespace()),
                        set.accounts().stream().map(object -> object.namespace()),
                        set.keys().stream().map(object -> object.namespace()),
                        set.secrets().stream().map(object -> object.namespace()),
                        set.configMaps().stream().map(object -> object.namespace()))
                .flatMap(names -> names)
                .forEach(name -> known.add(name, Map.of()));
        for (NamespaceDocument document : set.namespaces()) {
            known.add(document.name(), document.labels());
        }
        return known;
    }

    private void add(String name, Map<String, String> declared) {
        Map<String, String> all = labels.computeIfAbsent(name, fresh -> new HashMap<>());
        all.putAll(declared);
        all.put(NAME_LABEL, name);
    }

    /// @param own namespace of the object that consents
    NamespaceSet resolve(NamespaceConsent.Namespaces consent, String own) {
        return switch (consent.from()) {
            case Same -> NamespaceSet.of(List.of(own));
            case All -> new NamespaceSet.All();
            case Selector ->
                    consent.selector() == null
                            ? NamespaceSet.of(List.of())
                            : selected(consent.selector());
        };
    }

    NamespaceSet selected(Selector selector) {
        return NamespaceSet.of(
                labels.entrySet().stream()
                        .filter(entry -> matches(selector, entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    static NamespaceSet intersection(NamespaceSet one, NamespaceSet other) {
        return switch (one) {
            case NamespaceSet.All all -> other;
            case NamespaceSet.Names names ->
                    NamespaceSet.of(names.names().stream().filter(other::contains).toList());
        };
    }

    static NamespaceSet union(NamespaceSet one, Collection<String> more) {
        return switch (one) {
            case NamespaceSet.All all -> all;
            case NamespaceSet.Names names -> {
                TreeSet<String> sum = new TreeSet<>(names.names());
                sum.addAll(more);
                yield NamespaceSet.of(sum);
            }
        };
    }

    private static boolean matches(Selector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.matchLabels().entrySet())
                && selector.matchExpressions().stream()
                        .allMatch(requirement -> meets(requirement, labels.get(requirement.key())));
    }

    private static boolean meets(Selector.Requirement requirement, @Nullable String value) {
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case In -> value != null && values.contains(value);
            case NotIn -> value == null || !values.contains(value);
            case Exists -> value != null;
            case DoesNotExist -> value == null;
        };
    }
}
