package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// YAML text of any kind as trees.
public final class YamlTrees {
    private YamlTrees() {}

    /// One per document; none for a text that is no YAML.
    public static List<JsonNode> of(String text) {
        return YamlDocument.of(text).stream().map(YamlDocument::tree).toList();
    }
}
