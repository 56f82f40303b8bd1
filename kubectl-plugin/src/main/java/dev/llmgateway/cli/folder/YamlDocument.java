package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// One document of a file: its tree, and where in the text every node stands.
///
/// @param position in the file, from 1, as problems count it
record YamlDocument(int position, Node root, JsonNode tree) {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new CoreSchema()).setAllowNonScalarKeys(true).build();

    /// The documents of a text; none for one that is no YAML, which the reader of manifests names.
    static List<YamlDocument> of(String text) {
        List<YamlDocument> documents = new ArrayList<>();
        try {
            for (Node root : new Compose(SETTINGS).composeAllFromString(text)) {
                documents.add(new YamlDocument(documents.size() + 1, root, tree(root)));
            }
        } catch (YamlEngineException _) {
            return List.of();
        }
        return documents;
    }

    private static JsonNode tree(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = Json.object();
                for (NodeTuple tuple : mapping.getValue()) {
                    object.set(name(tuple.getKeyNode()), tree(tuple.getValueNode()));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = Json.array();
                sequence.getValue().forEach(item -> array.add(tree(item)));
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> Json.parse("null");
        };
    }

    static String name(Node key) {
        return key instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return Json.parse("null");
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.truth(Boolean.parseBoolean(text.toLowerCase(java.util.Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            JsonNode number = Json.parse(text);
            return number.isNumber() ? number : Json.text(text);
        }
        return Json.text(text);
    }

    boolean is(String kind) {
        return tree.path("kind").asText().equals(kind);
    }

    String metadata(String field) {
        return tree.path("metadata").path(field).asText();
    }

    /// As manifests count it: `default` where absent.
    String namespace() {
        String namespace = metadata("namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }
}
