package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;

/// What objects say about themselves. Pure.
public final class Facts {
    private Facts() {}

    public static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    public static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText("default");
    }

    /// A text at a pointer such as `/spec/pool`; empty where there is none.
    public static String text(JsonNode object, String pointer) {
        JsonNode node = object.at(pointer);
        return node.isNull() ? "" : node.asText();
    }

    /// A condition; a missing node where there is none.
    public static JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return object.at("/status/no-such-condition");
    }

    /// `True`, `False` or `Unknown`; empty: the condition is not there.
    public static String status(JsonNode object, String type) {
        return condition(object, type).path("status").asText();
    }

    public static boolean ready(JsonNode object) {
        return status(object, "Ready").equals("True");
    }

    public static boolean suspended(JsonNode object) {
        return object.at("/spec/suspended").asBoolean();
    }
}
