package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.manifest.YamlValue.Decimal;
import dev.llmgateway.crds.manifest.YamlValue.Items;
import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import dev.llmgateway.crds.manifest.YamlValue.Text;
import dev.llmgateway.crds.manifest.YamlValue.Truth;
import dev.llmgateway.crds.manifest.YamlValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One node tree to values: aliases are expanded, duplicate and non-text keys and foreign tags are
/// problems.
final class NodeReader {
    /// Most values of one document after aliases are expanded: fifty aliases can stand for 10^8
    /// values. A List of 10,000 keys has some 300,000.
    static final int MOST_VALUES = 1_000_000;

    private final Problems problems;
    private int values;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    /// Thrown where aliases blow a document up; caught by {@link ManifestReader}.
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }

    YamlValue read(Node node) throws TooLarge {
        return read(node, "", 0);
    }

    private YamlValue read(Node node, String path, int depth) throws TooLarge {
        if (++values > MOST_VALUES || depth > YamlText.MOST_DEPTH) {
            throw new TooLarge("aliases expand the document beyond its bounds");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, path, depth);
            case SequenceNode sequence -> items(sequence, path, depth);
            case ScalarNode scalar -> scalar(scalar, path);
            default -> foreign(node, path);
        };
    }

    private YamlValue mapping(MappingNode node, String path, int depth) throws TooLarge {
        if (!node.getTag().equals(Tag.MAP)) {
            return foreign(node, path);
        }
        Map<String, YamlValue> fields = new LinkedHashMap<>();
        for (NodeTuple field : node.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
                problems.add(path, "a field name must be text; put it in quotes");
                continue;
            }
            String below = Problems.below(path, key.getValue());
            YamlValue value = read(field.getValueNode(), below, depth + 1);
            if (fields.putIfAbsent(key.getValue(), value) != null) {
                problems.add(below, "duplicate field");
            }
        }
        return new Mapping(fields);
    }

    private YamlValue items(SequenceNode node, String path, int depth) throws TooLarge {
        if (!node.getTag().equals(Tag.SEQ)) {
            return foreign(node, path);
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(read(item, path + "[" + items.size() + "]", depth + 1));
        }
        return new Items(items);
    }

    private YamlValue scalar(ScalarNode node, String path) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR)) {
            return new Text(text);
        }
        if (tag.equals(Tag.NULL)) {
            return new Nothing();
        }
        if (tag.equals(Tag.BOOL)) {
            return new Truth(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(tag, text, path);
        }
        return foreign(node, path);
    }

    private YamlValue number(Tag tag, String text, String path) {
        try {
            return tag.equals(Tag.INT)
                    ? new Whole(whole(text))
                    : new Decimal(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            problems.add(path, "the number is out of range");
            return new Nothing();
        }
    }

    private static long whole(String text) {
        if (text.startsWith("0x")) {
            return Long.parseLong(text.substring(2), 16);
        }
        return text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text);
    }

    private YamlValue foreign(Node node, String path) {
        problems.add(path, "the tag " + node.getTag().getValue() + " is not read");
        return new Nothing();
    }
}
