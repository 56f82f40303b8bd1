package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Changes one field of one document in the text of a file; every other character stays. Pure.
final class YamlEdit {
    private final String text;
    private final Edit edit;

    private YamlEdit(String text, Edit edit) {
        this.text = text;
        this.edit = edit;
    }

    /// @param document of `text`
    /// @return the new text; empty where it cannot be done without rewriting what people wrote
    static Optional<String> apply(String text, YamlDocument document, Edit edit) {
        if (!(document.root() instanceof MappingNode root)) {
            return Optional.empty();
        }
        String changed = new YamlEdit(text, edit).at(root, 0);
        List<YamlDocument> after = YamlDocument.of(changed);
        boolean kept =
                after.size() >= document.position()
                        && after.get(document.position() - 1)
                                .tree()
                                .equals(edit.apply(document.tree()));
        return kept ? Optional.of(changed) : Optional.empty();
    }

    private String at(MappingNode mapping, int depth) {
        String name = edit.path().get(depth);
        boolean last = depth == edit.path().size() - 1;
        for (NodeTuple tuple : mapping.getValue()) {
            if (YamlDocument.name(tuple.getKeyNode()).equals(name)) {
                if (edit.value().isEmpty() && last) {
                    return remove(mapping, tuple);
                }
                boolean deeper = !last && tuple.getValueNode() instanceof MappingNode;
                return deeper
                        ? at((MappingNode) tuple.getValueNode(), depth + 1)
                        : edit.value().isEmpty() ? text : replace(tuple, flow(depth + 1));
            }
        }
        return edit.value().isEmpty() ? text : insert(mapping, name, flow(depth + 1));
    }

    /// The new value, inside the members that are missing above it, in YAML's flow style.
    private String flow(int depth) {
        JsonNode value = edit.value().orElseThrow();
        List<String> missing = edit.path().subList(depth, edit.path().size());
        for (String name : missing.reversed()) {
            value = Json.object().set(name, value);
        }
        return FlowYaml.of(value);
    }

    private String replace(NodeTuple tuple, String value) {
        Node old = tuple.getValueNode();
        int from = start(old);
        int to = end(old);
        if (from == to) {
            int colon = text.indexOf(':', end(tuple.getKeyNode())) + 1;
            return text.substring(0, colon) + " " + value + text.substring(colon);
        }
        if (old instanceof MappingNode || old instanceof SequenceNode) {
            from = text.indexOf(':', end(tuple.getKeyNode())) + 1;
            return text.substring(0, from) + " " + value + text.substring(to);
        }
        return text.substring(0, from) + value + text.substring(to);
    }

    /// Before the first member: what follows the last one may be a comment that belongs to it.
    private String insert(MappingNode mapping, String name, String value) {
        List<NodeTuple> members = mapping.getValue();
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int open = start(mapping) + 1;
            String comma = members.isEmpty() ? "" : ", ";
            return text.substring(0, open) + name + ": " + value + comma + text.substring(open);
        }
        int first = start(members.getFirst().getKeyNode());
        int column = first - (text.lastIndexOf('\n', first - 1) + 1);
        return text.substring(0, first)
                + name
                + ": "
                + value
                + "\n"
                + " ".repeat(column)
                + text.substring(first);
    }

    private String remove(MappingNode mapping, NodeTuple tuple) {
        int from = start(tuple.getKeyNode());
        int to = Math.max(end(tuple.getKeyNode()), end(tuple.getValueNode()));
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return removeFromFlow(mapping, tuple, from, to);
        }
        if (mapping.getValue().size() == 1) {
            return text.substring(0, from) + "{}" + text.substring(to);
        }
        int line = text.lastIndexOf('\n', from - 1) + 1;
        int next = text.indexOf('\n', Math.max(from, to - 1));
        return text.substring(0, line) + (next < 0 ? "" : text.substring(next + 1));
    }

    private String removeFromFlow(MappingNode mapping, NodeTuple tuple, int from, int to) {
        int place = mapping.getValue().indexOf(tuple);
        if (mapping.getValue().size() == 1) {
            return text.substring(0, from) + text.substring(to);
        }
        if (place == 0) {
            return text.substring(0, from)
                    + text.substring(start(mapping.getValue().get(1).getKeyNode()));
        }
        int before = end(mapping.getValue().get(place - 1).getValueNode());
        return text.substring(0, before) + text.substring(to);
    }

    private int start(Node node) {
        return offset(node.getStartMark().orElseThrow().getIndex());
    }

    /// Behind its last character; the parser's own end of a block collection is the begin of what
    /// follows.
    private int end(Node node) {
        if (node instanceof MappingNode mapping
                && mapping.getFlowStyle() == FlowStyle.BLOCK
                && !mapping.getValue().isEmpty()) {
            NodeTuple last = mapping.getValue().getLast();
            return Math.max(end(last.getKeyNode()), end(last.getValueNode()));
        }
        if (node instanceof SequenceNode sequence
                && sequence.getFlowStyle() == FlowStyle.BLOCK
                && !sequence.getValue().isEmpty()) {
            return end(sequence.getValue().getLast());
        }
        int end = offset(node.getEndMark().orElseThrow().getIndex());
        return node instanceof ScalarNode
                        && end > 0
                        && end <= text.length()
                        && text.charAt(end - 1) == '\n'
                ? end - 1
                : end;
    }

    /// The library counts code points.
    private int offset(int index) {
        return text.offsetByCodePoints(0, index);
    }
}
