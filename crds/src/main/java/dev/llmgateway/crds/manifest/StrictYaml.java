package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.manifest.YamlValue.Items;
import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/// YAML data that is not a Kubernetes object, read with the strictness and bounds of {@link
/// ManifestReader}.
public final class StrictYaml {
    private StrictYaml() {}

    /// A list of records, or problems; never both.
    ///
    /// @param problems `path: message`, or `message` for the whole text
    public record Records<R>(List<R> values, List<String> problems) {
        public Records {
            values = List.copyOf(values);
            problems = List.copyOf(problems);
        }
    }

    /// One document that holds a list of mappings; an empty text is an empty list.
    ///
    /// @param type a record whose constructor never throws and takes null for absent fields
    public static <R extends Record> Records<R> list(String yaml, Class<R> type) {
        return switch (YamlText.parse(yaml)) {
            case YamlText.Outcome.Broken(int _, String message) ->
                    new Records<>(List.of(), List.of(message));
            case YamlText.Outcome.Documents(List<Node> roots) -> documents(roots, type);
        };
    }

    private static <R extends Record> Records<R> documents(List<Node> roots, Class<R> type) {
        if (roots.size() > 1) {
            return new Records<>(List.of(), List.of("expected one document, found several"));
        }
        Problems problems = new Problems(new Source("", 1));
        List<R> values = new ArrayList<>();
        try {
            if (!roots.isEmpty()) {
                values.addAll(
                        records(new NodeReader(problems).read(roots.getFirst()), type, problems));
            }
        } catch (NodeReader.TooLarge e) {
            problems.add("", String.valueOf(e.getMessage()));
        }
        return new Records<>(
                problems.isEmpty() ? values : List.of(),
                problems.found().stream()
                        .map(problem ->
                                problem.path().isEmpty()
                                        ? problem.message()
                                        : problem.path() + ": " + problem.message())
                        .toList());
    }

    private static <R extends Record> List<R> records(
            YamlValue value, Class<R> type, Problems problems) {
        List<R> records = new ArrayList<>();
        if (value instanceof Items(List<YamlValue> items)) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Mapping mapping) {
                    records.add(new RecordBinder(problems).record(mapping, type, "[" + i + "]"));
                } else {
                    problems.add("[" + i + "]", "expected a mapping, found " + items.get(i).noun());
                }
            }
        } else if (!(value instanceof Nothing)) {
            problems.add("", "expected a list, found " + value.noun());
        }
        return records;
    }
}
