package dev.llmgateway.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One mapping of the old configuration, which remembers what was taken from it: the rest has no
/// place and is named.
final class Fields {
    private final JsonNode node;
    private final String path;
    private final Set<String> taken = new HashSet<>();

    /// @param path in the file, such as `gateway_keys[2]`; empty: the root
    Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /// Empty where it is absent or null.
    String text(String field) {
        taken.add(field);
        JsonNode value = node.path(field);
        return value.isNull() || value.isContainerNode() ? "" : value.asText();
    }

    long number(String field) {
        taken.add(field);
        return node.path(field).asLong();
    }

    boolean truth(String field, boolean absent) {
        taken.add(field);
        return node.path(field).asBoolean(absent);
    }

    Fields inner(String field) {
        taken.add(field);
        return new Fields(node.path(field), below(field));
    }

    List<Fields> list(String field) {
        taken.add(field);
        List<Fields> items = new ArrayList<>();
        JsonNode list = node.path(field);
        for (int i = 0; i < list.size(); i++) {
            items.add(new Fields(list.get(i), below(field) + "[" + i + "]"));
        }
        return items;
    }

    /// Texts of a list, or of one text with commas.
    List<String> texts(String field) {
        taken.add(field);
        List<String> texts = new ArrayList<>();
        JsonNode value = node.path(field);
        if (value.isArray()) {
            value.forEach(each -> texts.add(each.asText()));
        } else if (value.isTextual()) {
            for (String each : value.asText().split(",", -1)) {
                if (!each.isBlank()) {
                    texts.add(each.strip());
                }
            }
        }
        return texts;
    }

    String below(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /// Paths of what nobody took.
    List<String> left() {
        List<String> left = new ArrayList<>();
        node.properties()
                .forEach(member -> {
                    boolean empty =
                            member.getValue().isNull()
                                    || (member.getValue().isContainerNode()
                                            && member.getValue().isEmpty());
                    if (!taken.contains(member.getKey()) && !empty) {
                        left.add(below(member.getKey()));
                    }
                });
        return left;
    }
}
