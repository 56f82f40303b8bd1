package dev.llmgateway.runtime.upstream.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Makes the same small value for a JSON schema every time: `const`, `default`, the first of `enum`
/// or `examples`, else by type. All declared properties are filled, not only the required ones.
final class SchemaExample {
    /// Schemas nest by `$ref` in theory without end; deeper parts become null.
    private static final int MAX_DEPTH = 12;

    private SchemaExample() {}

    /// An object, also for schemas that ask for none.
    static ObjectNode arguments(JsonNode schema) {
        return new Example(schema).value(schema, 0) instanceof ObjectNode object
                ? object
                : Json.object();
    }

    private record Example(JsonNode root) {
        JsonNode value(JsonNode schema, int depth) {
            if (depth > MAX_DEPTH) {
                return Json.object().nullNode();
            }
            for (JsonNode given : new JsonNode[] {schema.path("const"), schema.path("default")}) {
                if (!given.isMissingNode()) {
                    return given.deepCopy();
                }
            }
            for (String list : new String[] {"enum", "examples"}) {
                if (schema.path(list).has(0)) {
                    return schema.path(list).get(0).deepCopy();
                }
            }
            return composed(schema, depth);
        }

        private JsonNode composed(JsonNode schema, int depth) {
            String ref = schema.path("$ref").asText("");
            if (ref.startsWith("#/")) {
                return value(root.at(ref.substring(1)), depth + 1);
            }
            for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
                if (schema.path(choice).has(0) && !schema.has("properties")) {
                    return value(schema.path(choice).get(0), depth + 1);
                }
            }
            return typed(schema, depth);
        }

        private JsonNode typed(JsonNode schema, int depth) {
            JsonNode type = schema.path("type");
            String name = type.isArray() ? type.path(0).asText() : type.asText();
            return switch (name) {
                case "string" -> Json.object().textNode(string(schema));
                case "integer" -> Json.object().numberNode(schema.path("minimum").asLong(1));
                case "number" -> Json.object().numberNode(schema.path("minimum").asDouble(1.5));
                case "boolean" -> Json.object().booleanNode(true);
                case "null" -> Json.object().nullNode();
                case "array" -> array(schema, depth);
                default -> object(schema, depth);
            };
        }

        private static String string(JsonNode schema) {
            return switch (schema.path("format").asText()) {
                case "date" -> "2026-01-01";
                case "date-time" -> "2026-01-01T00:00:00Z";
                case "uri" -> "https://example.com";
                case "email" -> "someone@example.com";
                default -> "example";
            };
        }

        private JsonNode array(JsonNode schema, int depth) {
            ArrayNode items = Json.array();
            return schema.has("items") ? items.add(value(schema.path("items"), depth + 1)) : items;
        }

        private JsonNode object(JsonNode schema, int depth) {
            ObjectNode object = Json.object();
            for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
            return object;
        }
    }
}
