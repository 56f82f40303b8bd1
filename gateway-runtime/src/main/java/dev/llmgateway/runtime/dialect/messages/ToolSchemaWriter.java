package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
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
    /// @param format the grammar, flat or nested as in Chat; empty: none
    void freeText(Slice format) {
        out.name("input_schema").objectStart().member("type", "object");
        out.name("properties").objectStart().name("input").objectStart();
        out.member("type", "string").name("description").raw((byte) '"');
        out.ascii("Raw input, not JSON.");
        if (!format.isEmpty()) {
            grammar(format);
        }
        out.raw((byte) '"').objectEnd().objectEnd();
        out.name("required").arrayStart().value("input").arrayEnd();
        out.member("additionalProperties", false).objectEnd();
    }

    private void grammar(Slice format) {
        Slice syntax = Slice.EMPTY;
        Slice definition = Slice.EMPTY;
        Slice nested = Slice.EMPTY;
        json.over(format);
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "syntax" -> syntax = json.string();
                    case "definition" -> definition = json.string();
                    case "grammar" -> nested = json.value();
                    default -> json.skip();
                }
            }
        }
        if (!definition.isEmpty()) {
            out.ascii(" Grammar (").raw(syntax).ascii("): ").raw(definition);
        } else if (!nested.isEmpty()) {
            grammar(nested);
        }
    }

    private void root(Slice schema, boolean wrapped, JsonBytes to) {
        if (schema.isEmpty() || json.over(schema).kind() != JsonKind.Object) {
            to.json(EMPTY_OBJECT);
        } else if (wrapped) {
            wrap(schema, to);
        } else {
            typed(schema, to);
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

    private void typed(Slice schema, JsonBytes to) {
        if (hasType(schema)) {
            to.json(schema);
            return;
        }
        to.objectStart().member("type", "object");
        json.over(schema).object();
        while (json.member()) {
            Slice key = json.keySlice();
            boolean type = json.key().equals("type");
            Slice value = json.value();
            if (!type) {
                to.string(key).raw((byte) ':').raw(value);
            }
        }
        to.objectEnd();
    }

    private boolean hasType(Slice schema) {
        boolean typed = false;
        json.over(schema).object();
        while (json.member()) {
            boolean type = json.key().equals("type");
            typed |= type && !json.isNull();
            json.skip();
        }
        return typed;
    }
}
