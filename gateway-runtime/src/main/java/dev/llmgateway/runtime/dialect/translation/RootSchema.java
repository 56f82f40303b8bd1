package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;

/// The root of a tool's schema: Anthropic takes only plain objects there.
public final class RootSchema {
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
}
