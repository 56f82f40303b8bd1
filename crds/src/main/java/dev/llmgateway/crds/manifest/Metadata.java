package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import dev.llmgateway.crds.manifest.YamlValue.Text;
import java.util.List;
import java.util.Map;

/// What is read of `metadata`; the rest of Kubernetes' fields is ignored.
///
/// @param namespace `default` where absent
/// @param creationTimestamp RFC 3339; empty: absent
record Metadata(
        String namespace,
        String name,
        String creationTimestamp,
        Map<String, String> labels,
        Map<String, String> annotations) {
    private static final List<String> KNOWN =
            List.of(
                    "name",
                    "namespace",
                    "labels",
                    "annotations",
                    "uid",
                    "creationTimestamp",
                    "generation",
                    "generateName",
                    "resourceVersion",
                    "managedFields",
                    "ownerReferences",
                    "finalizers",
                    "selfLink",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds");

    static Metadata of(Mapping document, String prefix, Problems problems) {
        String path = prefix + "metadata";
        YamlValue value = document.fields().getOrDefault("metadata", new Nothing());
        if (!(value instanceof Mapping metadata)) {
            problems.add(
                    path,
                    value instanceof Nothing
                            ? "required field is missing"
                            : "expected a mapping, found " + value.noun());
            return new Metadata("default", "", "", Map.of(), Map.of());
        }
        refuseMisspelt(metadata, path, problems);
        String name = text(metadata, "name", path, problems);
        if (name.isEmpty() && !wrongType(metadata, "name")) {
            problems.add(path + ".name", "required field is missing");
        }
        String namespace = text(metadata, "namespace", path, problems);
        RecordBinder binder = new RecordBinder(problems);
        return new Metadata(
                namespace.isEmpty() ? "default" : namespace,
                name,
                text(metadata, "creationTimestamp", path, problems),
                binder.texts(field(metadata, "labels"), path + ".labels"),
                binder.texts(field(metadata, "annotations"), path + ".annotations"));
    }

    /// Only what looks like a known field is refused: Kubernetes may add fields at any time.
    private static void refuseMisspelt(Mapping metadata, String path, Problems problems) {
        for (String field : metadata.fields().keySet()) {
            if (!KNOWN.contains(field) && Nearest.of(field, KNOWN).isPresent()) {
                problems.add(
                        Problems.below(path, field),
                        "unknown field \"" + field + "\"" + Nearest.hint(field, KNOWN));
            }
        }
    }

    private static YamlValue field(Mapping metadata, String field) {
        return metadata.fields().getOrDefault(field, new Nothing());
    }

    private static boolean wrongType(Mapping metadata, String field) {
        YamlValue value = field(metadata, field);
        return !(value instanceof Nothing) && !(value instanceof Text);
    }

    private static String text(Mapping metadata, String field, String path, Problems problems) {
        YamlValue value = field(metadata, field);
        if (value instanceof Nothing) {
            return "";
        }
        String text = new RecordBinder(problems).text(value, Problems.below(path, field));
        return text == null ? "" : text;
    }
}
