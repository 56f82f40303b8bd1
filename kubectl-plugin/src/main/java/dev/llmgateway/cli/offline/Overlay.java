package dev.llmgateway.cli.offline;

import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.NamespaceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What would be there after manifests were applied: theirs in the place of those of the same name,
/// all others as they are. Pure.
public final class Overlay {
    private Overlay() {}

    public static ManifestSet of(ManifestSet present, ManifestSet applied) {
        return new ManifestSet(
                merged(present.gateways(), applied.gateways(), Overlay::ref),
                merged(present.accounts(), applied.accounts(), Overlay::ref),
                merged(present.keys(), applied.keys(), Overlay::ref),
                merged(
                        present.secrets(),
                        applied.secrets(),
                        each -> each.namespace() + "/" + each.name()),
                merged(
                        present.configMaps(),
                        applied.configMaps(),
                        each -> each.namespace() + "/" + each.name()),
                merged(present.namespaces(), applied.namespaces(), NamespaceDocument::name));
    }

    private static String ref(Manifest<?> manifest) {
        return manifest.namespace() + "/" + manifest.name();
    }

    private static <T> List<T> merged(List<T> present, List<T> applied, Function<T, String> name) {
        Map<String, T> all = new LinkedHashMap<>();
        present.forEach(each -> all.put(name.apply(each), each));
        applied.forEach(each -> all.put(name.apply(each), each));
        return new ArrayList<>(all.values());
    }
}
