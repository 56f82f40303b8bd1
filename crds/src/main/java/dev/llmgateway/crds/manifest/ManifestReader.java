package dev.llmgateway.crds.manifest;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads YAML text: the three kinds, Secrets, ConfigMaps, Namespaces and Lists of them; objects of
/// other API groups are skipped. Pure: no file is touched.
public final class ManifestReader {
    private ManifestReader() {}

    /// The objects of one file. An object with a problem is left out and named; a text that is not
    /// YAML or exceeds a bound (4 Mi characters, 1,000 documents, 64 levels, 50 aliases of
    /// collections per document) yields no object at all.
    ///
    /// @param file names the source in problems, nothing more
    public static ReadResult read(String file, String yaml) {
        return switch (YamlText.parse(yaml)) {
            case YamlText.Outcome.Broken(int document, String message) ->
                    broken(new Source(file, document), message);
            case YamlText.Outcome.Documents(List<Node> roots) -> documents(file, roots);
        };
    }

    private static ReadResult documents(String file, List<Node> roots) {
        DocumentReader reader = new DocumentReader();
        for (int i = 0; i < roots.size(); i++) {
            Problems problems = new Problems(new Source(file, i + 1));
            try {
                reader.read(new NodeReader(problems).read(roots.get(i)), "", problems);
            } catch (NodeReader.TooLarge e) {
                return broken(problems.source(), String.valueOf(e.getMessage()));
            }
        }
        return reader.result();
    }

    private static ReadResult broken(Source source, String message) {
        return new ReadResult(
                ManifestSet.EMPTY, List.of(new ReadProblem(source, "", message)), true);
    }
}
