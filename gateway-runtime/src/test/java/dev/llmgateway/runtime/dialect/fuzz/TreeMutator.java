package dev.llmgateway.runtime.dialect.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Puts the parts of JSON texts together anew, so that they stay JSON.
final class TreeMutator {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_NODES = 600;

    private static final List<String> ODD =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1.5",
                    "1e400",
                    "123456789012345678901",
                    "\"\"",
                    "\" \"",
                    "\"\\ud800\"",
                    "\"\\u0000\\n\"",
                    "\"data:image/png;base64,iVBORw0=\"",
                    "\"{}\"",
                    "\"[1\"",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "[{}]",
                    "{\"a\":{\"b\":[{}]}}",
                    "{\"type\":\"text\"}",
                    "{\"type\":null}");

    private final Random random;
    private final List<JsonNode> values = new ArrayList<>();
    private final List<String> names =
            new ArrayList<>(List.of("", "type", "\uD83D\uDE00", "a.b", "a b;=\n"));

    /// @param corpus JSON texts whose values are used in others; what is none is passed over
    TreeMutator(Random random, List<String> corpus) {
        this.random = random;
        ODD.forEach(odd -> values.add(tree(odd)));
        for (String text : corpus) {
            containers(tree(text)).forEach(this::learn);
        }
    }

    /// As it is when it is no JSON.
    String mutate(String json) {
        JsonNode root = tree(json);
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<ContainerNode<?>> all = containers(root);
            if (all.isEmpty() || all.size() > MOST_NODES) {
                break;
            }
            change(all.get(random.nextInt(all.size())));
        }
        return root.isMissingNode() ? json : root.toString();
    }

    private void learn(ContainerNode<?> container) {
        container.forEach(values::add);
        if (container instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(names::add);
        }
    }

    private void change(ContainerNode<?> container) {
        JsonNode value = values.get(random.nextInt(values.size())).deepCopy();
        switch (container) {
            case ObjectNode object -> change(object, value);
            case ArrayNode array -> change(array, value);
            default -> throw new IllegalStateException("a container of neither kind");
        }
    }

    private void change(ObjectNode object, JsonNode value) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        if (members.isEmpty() || random.nextInt(4) == 0) {
            object.set(names.get(random.nextInt(names.size())), value);
            return;
        }
        Map.Entry<String, JsonNode> member = members.get(random.nextInt(members.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(member.getKey());
            case 1 -> object.set(names.get(random.nextInt(names.size())), member.getValue());
            default -> object.set(member.getKey(), value);
        }
    }

    private void change(ArrayNode array, JsonNode value) {
        if (array.isEmpty() || random.nextInt(4) == 0) {
            array.add(value);
            return;
        }
        int at = random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.remove(at);
            case 1 -> array.insert(random.nextInt(array.size()), array.get(at).deepCopy());
            case 2 -> array.add(array.remove(at));
            default -> array.set(at, value);
        }
    }

    private static List<ContainerNode<?>> containers(JsonNode root) {
        List<ContainerNode<?>> found = new ArrayList<>();
        if (root instanceof ContainerNode<?> container) {
            found.add(container);
            container.forEach(child -> found.addAll(containers(child)));
        }
        return found;
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException _) {
            return MAPPER.missingNode();
        }
    }
}
