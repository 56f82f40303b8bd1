package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.print.Yaml;
import java.util.ArrayList;
import java.util.List;

/// A tree on one line: `{name: value, list: [a, b]}`.
final class FlowYaml {
    private FlowYaml() {}

    static String of(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            parts.add(Yaml.scalar(member.getKey()) + ": " + of(member.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node.isArray()) {
            node.forEach(item -> parts.add(of(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        return node.isTextual() ? Yaml.scalar(node.textValue()) : node.asText();
    }
}
