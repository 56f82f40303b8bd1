package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;

/// A function's `parameters`: OpenAI refuses a root without `type` ("got 'type: None'") and an
/// object without `properties`, both of which Anthropic takes.
final class ParametersWriter {
    private static final Slice OBJECT = Slice.of("\"object\"");
    private static final Slice NONE = Slice.of("{}");
    private static final Slice EMPTY = Slice.of("{\"type\":\"object\",\"properties\":{}}");

    private ParametersWriter() {}

    /// @param schema JSON value; empty: none
    static void write(Slice schema, JsonBytes json) {
        if (schema.isEmpty()) {
            json.json(EMPTY);
            return;
        }
        boolean typed = false;
        boolean complete = false;
        boolean any = false;
        JsonCursor members = JsonCursor.of(schema);
        boolean object = members.object();
        while (object && members.member()) {
            String name = members.key();
            Slice value = members.value();
            any = true;
            typed |= name.equals("type");
            complete |= isBody(name) || (name.equals("type") && !value.equals(OBJECT));
        }
        if (!object || (typed && complete)) {
            json.json(schema);
            return;
        }
        json.objectStart();
        if (!typed) {
            json.member("type", "object");
        }
        if (!complete) {
            json.name("properties").json(NONE);
        }
        if (any) {
            json.raw((byte) ',');
        }
        json.raw(schema.part(1, schema.length()));
    }

    /// Whether it says what is in an object.
    private static boolean isBody(String name) {
        return switch (name) {
            case "properties", "anyOf", "oneOf", "allOf", "$ref" -> true;
            default -> false;
        };
    }
}
