package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;
import java.util.HashSet;
import java.util.Set;

/// Whether a JSON schema is one that OpenAI takes with `strict:true`: an object at the root; at
/// every object all properties are required and no others allowed; every schema says its type; no
/// keyword that structured outputs do not know. Sent with another schema, `strict` is an error.
public final class StrictSubset {
    private StrictSubset() {}

    /// @param schema JSON
    public static boolean holds(Slice schema) {
        JsonCursor json = JsonCursor.of(schema);
        return !schema.isEmpty()
                && json.kind() == JsonKind.Object
                && new Node().read(json)
                && isObject(schema);
    }

    private static boolean isObject(Slice schema) {
        return JsonMembers.string(JsonCursor.of(schema), "type").is("object");
    }

    /// One schema, in whatever order its members come.
    private static final class Node {
        private final Set<String> properties = new HashSet<>();
        private final Set<String> required = new HashSet<>();
        private boolean object;
        private boolean typed;
        private boolean closed;

        /// Goes through the schema and all below it; gives up at the first that is outside.
        boolean read(JsonCursor json) {
            if (!json.object()) {
                return false;
            }
            while (json.member()) {
                if (!member(json)) {
                    return false;
                }
            }
            boolean complete = required.equals(properties) && (closed || !object);
            return typed && complete;
        }

        private boolean member(JsonCursor json) {
            return switch (json.key()) {
                case "type" -> type(json);
                case "properties" -> properties(json);
                case "required" -> required(json);
                case "additionalProperties" -> additional(json);
                case "items" -> new Node().read(json);
                case "anyOf" -> choices(json);
                case "$defs", "definitions" -> definitions(json, new HashSet<>());
                case "$ref", "enum", "const" -> skip(json, true);
                case "allOf",
                        "oneOf",
                        "not",
                        "if",
                        "then",
                        "else",
                        "default",
                        "prefixItems",
                        "patternProperties",
                        "propertyNames",
                        "unevaluatedProperties",
                        "unevaluatedItems",
                        "minProperties",
                        "maxProperties",
                        "dependentRequired",
                        "dependentSchemas",
                        "contains",
                        "uniqueItems" ->
                        false;
                default -> skip(json, false);
            };
        }

        private boolean skip(JsonCursor json, boolean tells) {
            json.skip();
            typed |= tells;
            return true;
        }

        private boolean type(JsonCursor json) {
            typed = true;
            if (json.kind() != JsonKind.Array) {
                object |= json.string().is("object");
                return true;
            }
            json.array();
            while (json.element()) {
                object |= json.string().is("object");
            }
            return true;
        }

        private boolean properties(JsonCursor json) {
            object = true;
            return definitions(json, properties);
        }

        /// Named schemas.
        private static boolean definitions(JsonCursor json, Set<String> names) {
            if (!json.object()) {
                return false;
            }
            while (json.member()) {
                names.add(json.key());
                if (!new Node().read(json)) {
                    return false;
                }
            }
            return true;
        }

        private boolean required(JsonCursor json) {
            if (json.array()) {
                while (json.element()) {
                    required.add(json.text());
                }
            }
            return true;
        }

        private boolean additional(JsonCursor json) {
            closed = json.kind() == JsonKind.False;
            json.skip();
            return closed;
        }

        private boolean choices(JsonCursor json) {
            typed = true;
            if (!json.array()) {
                return false;
            }
            while (json.element()) {
                if (!new Node().read(json)) {
                    return false;
                }
            }
            return true;
        }
    }
}
