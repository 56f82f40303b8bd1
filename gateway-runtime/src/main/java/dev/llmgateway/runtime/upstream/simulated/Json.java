package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/// Shorthand for JSON trees. Objects keep the order their members were put in.
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    /// An object that starts with `type`.
    static ObjectNode typed(String type) {
        return object().put("type", type);
    }

    static ArrayNode array(JsonNode... items) {
        ArrayNode array = NODES.arrayNode(items.length);
        for (JsonNode item : items) {
            array.add(item);
        }
        return array;
    }

    /// Empty unless the bytes are one JSON object.
    static Optional<JsonNode> parseObject(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /// The tree of a text this package wrote itself.
    static JsonNode parseOwn(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("own JSON does not parse", broken);
        }
    }
}
