package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.translation.FreeText;
import dev.llmgateway.runtime.dialect.translation.RootSchema;
import dev.llmgateway.runtime.model.Slice;

/// Writes `input_schema`, whose root must be a plain object.
final class ToolSchemaWriter {
    private static final Slice EMPTY_OBJECT = Slice.of("{\"type\":\"object\",\"properties\":{}}");

    private final JsonBytes out;
    private final JsonBytes scratch = new JsonBytes();
    private final SchemaTransform transform = new SchemaTransform();
    private final JsonCursor json = new JsonCursor();

    ToolSchemaWriter(JsonBytes out) {
        this.out = out;
    }

    void plain(Slice schema, boolean wrapped) {
        out.name("input_schema");
        root(schema, wrapped, out);
    }

    /// In the form that strict tools take, when that loses nothing; else nothing is written.
    boolean strict(Slice schema, boolean wrapped) {
        scratch.clear();
        root(schema, wrapped, scratch);
        int start = out.length();
        out.name("input_schema");
        if (transform.write(scratch.slice(), out)) {
            return true;
        }
        out.cut(start);
        return false;
    }

    /// A custom tool's, with the text as its one member.
    ///
    /// @param format the grammar; empty: none
    void freeText(Slice format) {
        FreeText.of(format).schema(out.name("input_schema"));
    }

    private void root(Slice schema, boolean wrapped, JsonBytes to) {
        if (schema.isEmpty() || json.over(schema).kind() != JsonKind.Object) {
            to.json(EMPTY_OBJECT);
        } else if (wrapped) {
            wrap(schema, to);
        } else {
            RootSchema.writeTyped(schema, to);
        }
    }

    /// Definitions move to the new root, where references look for them.
    private void wrap(Slice schema, JsonBytes to) {
        to.objectStart().member("type", "object");
        to.name("properties").objectStart().name("value").objectStart();
        members(schema, to, false);
        to.objectEnd().objectEnd();
        to.name("required").arrayStart().value("value").arrayEnd();
        to.member("additionalProperties", false);
        members(schema, to, true);
        to.objectEnd();
    }

    private void members(Slice schema, JsonBytes to, boolean definitions) {
        json.over(schema).object();
        while (json.member()) {
            Slice key = json.keySlice();
            String name = json.key();
            boolean definition = name.equals("$defs") || name.equals("definitions");
            Slice value = json.value();
            if (definition == definitions) {
                to.string(key).raw((byte) ':').raw(value);
            }
        }
    }
}
