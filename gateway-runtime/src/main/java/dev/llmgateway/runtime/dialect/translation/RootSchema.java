package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// The root of a tool's schema: Anthropic takes only plain objects there, and OpenAI wants their
/// type said.
public final class RootSchema {
    private static final Slice OBJECT = Slice.of("\"object\"");
    private static final Slice NONE = Slice.of("{}");
    private static final Slice EMPTY = Slice.of("{\"type\":\"object\",\"properties\":{}}");

    private RootSchema() {}

    /// Whether a tool with this schema is offered as one that takes `{"value": …}`: the root is a
    /// choice (`anyOf`, `oneOf`, `allOf`), or of a type that is not `object`. Arguments are wrapped
    /// on their way to the upstream and unwrapped on their way back.
    ///
    /// @param schema JSON value; empty: none
    public static boolean needsWrapping(Slice schema) {
        if (schema.isEmpty()) {
            return false;
        }
        JsonCursor json = JsonCursor.of(schema);
        boolean wrap = false;
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "anyOf", "oneOf", "allOf" -> {
                        json.skip();
                        wrap = true;
                    }
                    case "type" -> wrap |= !isObject(json);
                    default -> json.skip();
                }
            }
        }
        return wrap;
    }

    /// A `null` counts as no type at all.
    private static boolean isObject(JsonCursor json) {
        JsonKind kind = json.kind();
        return json.text().equals("object") || kind == JsonKind.Null;
    }

    /// Writes the schema, with `"type":"object"` before its members if it names no type.
    ///
    /// @param schema JSON object
    public static void writeTyped(Slice schema, JsonBytes to) {
        write(schema, false, to);
    }

    /// The same, and with `properties` if it says in no other way what is in its object: OpenAI
    /// refuses one without ("got 'type: None'", "object schema missing properties").
    ///
    /// @param schema JSON value; empty: none, which is an object without anything in it
    public static void writeComplete(Slice schema, JsonBytes to) {
        if (schema.isEmpty()) {
            to.json(EMPTY);
        } else if (schema.at(0) == '{') {
            write(schema, true, to);
        } else {
            to.json(schema);
        }
    }

    private static void write(Slice schema, boolean complete, JsonBytes to) {
        boolean typed = false;
        boolean said = !complete;
        JsonCursor json = JsonCursor.of(schema);
        json.object();
        while (json.member()) {
            String name = json.key();
            boolean empty = json.isNull();
            Slice value = json.value();
            typed |= name.equals("type") && !empty;
            said |= isBody(name) || (name.equals("type") && !empty && !value.equals(OBJECT));
        }
        if (typed && said) {
            to.json(schema);
            return;
        }
        to.objectStart();
        if (!typed) {
            to.member("type", "object");
        }
        if (!said) {
            to.name("properties").json(NONE);
        }
        members(schema, typed, to);
        to.objectEnd();
    }

    /// @param typed a `type` is one of them that is to stay
    private static void members(Slice schema, boolean typed, JsonBytes to) {
        JsonCursor json = JsonCursor.of(schema);
        json.object();
        while (json.member()) {
            Slice key = json.keySlice();
            boolean stays = typed || !json.key().equals("type");
            Slice value = json.value();
            if (stays) {
                to.string(key).raw((byte) ':').raw(value);
            }
        }
    }

    /// Whether it says what is in an object.
    private static boolean isBody(String name) {
        return switch (name) {
            case "properties", "anyOf", "oneOf", "allOf", "$ref" -> true;
            default -> false;
        };
    }
}
