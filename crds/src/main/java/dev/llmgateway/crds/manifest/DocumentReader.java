package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.manifest.YamlValue.Items;
import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import dev.llmgateway.crds.manifest.YamlValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the documents of one file one after the other and gathers objects and problems. An object
/// with a problem is left out, all others are kept.
final class DocumentReader {
    /// Problems of one file after which no further object is named.
    static final int MOST_PROBLEMS = 1_000;

    static final String OURS = "llm-gateway.dev/v1alpha1";
    private static final List<String> OUR_KINDS =
            List.of("UpstreamAccount", "GatewayKey", "GatewayConfig");
    private static final List<String> CORE_KINDS =
            List.of("Secret", "ConfigMap", "Namespace", "List");
    private static final String ACCEPTED =
            "; accepted: "
                    + OURS
                    + " "
                    + String.join(", ", OUR_KINDS)
                    + "; v1 "
                    + String.join(", ", CORE_KINDS);

    private final List<Manifest<GatewayConfigSpec>> gateways = new ArrayList<>();
    private final List<Manifest<UpstreamAccountSpec>> accounts = new ArrayList<>();
    private final List<Manifest<GatewayKeySpec>> keys = new ArrayList<>();
    private final List<SecretDocument> secrets = new ArrayList<>();
    private final List<ConfigMapDocument> configMaps = new ArrayList<>();
    private final List<NamespaceDocument> namespaces = new ArrayList<>();
    private final List<ReadProblem> found = new ArrayList<>();

    ReadResult result() {
        return new ReadResult(
                new ManifestSet(gateways, accounts, keys, secrets, configMaps, namespaces),
                found,
                false);
    }

    /// @param prefix path of the object inside its document: empty, or `items[2].` in a List
    /// @param problems what was found wrong while the values were built
    void read(YamlValue value, String prefix, Problems problems) {
        switch (value) {
            case Nothing _ -> {}
            case Mapping document -> object(document, prefix, problems);
            default ->
                    problems.add(
                            pathOf(prefix), "expected a Kubernetes object, found " + value.noun());
        }
        if (found.size() < MOST_PROBLEMS) {
            found.addAll(problems.found());
        }
    }

    private void object(Mapping document, String prefix, Problems problems) {
        String apiVersion = envelope(document, "apiVersion", prefix, problems);
        String kind = envelope(document, "kind", prefix, problems);
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return;
        }
        switch (apiVersion) {
            case OURS -> ours(document, kind, prefix, problems);
            case "v1" -> core(document, kind, prefix, problems);
            default -> foreign(apiVersion, kind, prefix, problems);
        }
    }

    private static String envelope(
            Mapping document, String field, String prefix, Problems problems) {
        if (document.fields().get(field) instanceof Text(String text) && !text.isEmpty()) {
            return text;
        }
        problems.add(prefix + field, "required field is missing" + ACCEPTED);
        return "";
    }

    private void ours(Mapping document, String kind, String prefix, Problems problems) {
        switch (kind) {
            case "UpstreamAccount" ->
                    manifest(document, kind, UpstreamAccountSpec.class, accounts, prefix, problems);
            case "GatewayKey" ->
                    manifest(document, kind, GatewayKeySpec.class, keys, prefix, problems);
            case "GatewayConfig" ->
                    manifest(document, kind, GatewayConfigSpec.class, gateways, prefix, problems);
            default -> unknownKind(kind, OUR_KINDS, prefix, problems);
        }
    }

    private void core(Mapping document, String kind, String prefix, Problems problems) {
        switch (kind) {
            case "Secret" -> secret(document, prefix, problems);
            case "ConfigMap" -> configMap(document, prefix, problems);
            case "Namespace" -> namespace(document, prefix, problems);
            case "List" -> list(document, prefix, problems);
            default -> {
                // Services, Pods and the like may lie in the same folder; a misspelt one must not.
                if (Nearest.of(kind, CORE_KINDS).isPresent() || OUR_KINDS.contains(kind)) {
                    unknownKind(kind, CORE_KINDS, prefix, problems);
                }
            }
        }
    }

    private static void foreign(String apiVersion, String kind, String prefix, Problems problems) {
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        boolean ours = group.equals("llm-gateway.dev") || OUR_KINDS.contains(kind);
        if (ours || group.isEmpty() || Nearest.edits(group, "llm-gateway.dev") <= 2) {
            problems.add(
                    prefix + "apiVersion", "unknown apiVersion \"" + apiVersion + "\"" + ACCEPTED);
        }
    }

    private static void unknownKind(
            String kind, List<String> near, String prefix, Problems problems) {
        String hint =
                Nearest.of(kind, near)
                        .map(name -> "; did you mean \"" + name + "\"?")
                        .orElse(ACCEPTED);
        problems.add(prefix + "kind", "unknown kind \"" + kind + "\"" + hint);
    }

    private <S extends Record> void manifest(
            Mapping document,
            String kind,
            Class<S> type,
            List<Manifest<S>> into,
            String prefix,
            Problems problems) {
        Metadata metadata = head(document, prefix, problems, "spec", "status");
        YamlValue value = document.fields().getOrDefault("spec", new Nothing());
        if (!(value instanceof Mapping) && !(value instanceof Nothing)) {
            problems.add(prefix + "spec", "expected a mapping, found " + value.noun());
            return;
        }
        Mapping fields = value instanceof Mapping mapping ? mapping : new Mapping(Map.of());
        S spec = new RecordBinder(problems).record(fields, type, prefix + "spec");
        if (problems.isEmpty()) {
            into.add(
                    new Manifest<>(
                            problems.source(),
                            metadata.namespace(),
                            metadata.name(),
                            kind + "/" + metadata.namespace() + "/" + metadata.name(),
                            metadata.creationTimestamp(),
                            metadata.labels(),
                            metadata.annotations(),
                            spec));
        }
    }

    private void secret(Mapping document, String prefix, Problems problems) {
        Metadata head = head(document, prefix, problems, "type", "data", "stringData", "immutable");
        Map<String, String> values = SecretValues.of(document, prefix, problems);
        if (problems.isEmpty()) {
            secrets.add(
                    new SecretDocument(
                            problems.source(),
                            head.namespace(),
                            head.name(),
                            head.labels(),
                            values));
        }
    }

    private void configMap(Mapping document, String prefix, Problems problems) {
        Metadata head = head(document, prefix, problems, "data", "binaryData", "immutable");
        YamlValue data = document.fields().getOrDefault("data", new Nothing());
        Map<String, String> texts = new RecordBinder(problems).texts(data, prefix + "data");
        if (problems.isEmpty()) {
            configMaps.add(
                    new ConfigMapDocument(problems.source(), head.namespace(), head.name(), texts));
        }
    }

    private void namespace(Mapping document, String prefix, Problems problems) {
        Metadata head = head(document, prefix, problems, "spec", "status");
        if (problems.isEmpty()) {
            namespaces.add(new NamespaceDocument(head.name(), head.labels()));
        }
    }

    /// Each item is judged alone, with the List's document as its source.
    private void list(Mapping document, String prefix, Problems problems) {
        new RecordBinder(problems)
                .refuseUnknown(
                        document,
                        List.of("apiVersion", "kind", "metadata", "items"),
                        pathOf(prefix));
        YamlValue value = document.fields().getOrDefault("items", new Nothing());
        if (value instanceof Items(List<YamlValue> items)) {
            for (int i = 0; i < items.size(); i++) {
                String path = prefix + "items[" + i + "]";
                read(items.get(i), path + ".", problems.split(path));
            }
        } else if (!(value instanceof Nothing)) {
            problems.add(prefix + "items", "expected a list, found " + value.noun());
        }
    }

    private static Metadata head(
            Mapping document, String prefix, Problems problems, String... fields) {
        List<String> valid = new ArrayList<>(List.of("apiVersion", "kind", "metadata"));
        valid.addAll(List.of(fields));
        new RecordBinder(problems).refuseUnknown(document, valid, pathOf(prefix));
        return Metadata.of(document, prefix, problems);
    }

    private static String pathOf(String prefix) {
        return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    }
}
