package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Brings a JSON schema into the subset that Anthropic's structured outputs know (translation.md
/// 2.5). What the subset lacks moves into `description`, where the model can read it.
final class SchemaTransform {
    /// Deeper schemas are only described: every level reads its part once more.
    private static final int MOST_LEVELS = 32;

    private static final Set<String> FORMATS =
            Set.of(
                    "date-time",
                    "time",
                    "date",
                    "duration",
                    "email",
                    "hostname",
                    "uri",
                    "ipv4",
                    "ipv6",
                    "uuid");
    private static final Slice CLOSED = Slice.of("false");

    private final JsonCursor json = new JsonCursor();
    private final JsonBytes compact = new JsonBytes();
    private boolean lossless;

    /// @return whether the written schema allows nothing that the given one forbids
    boolean write(Slice schema, JsonBytes out) {
        lossless = true;
        schema(schema, out, 0);
        return lossless;
    }

    private void schema(Slice schema, JsonBytes out, int level) {
        out.objectStart();
        if (json.over(schema).kind() != JsonKind.Object) {
            lossless &= !json.over(schema).value().is("false");
        } else if (level == MOST_LEVELS) {
            lossless = false;
            out.name("description").raw((byte) '"');
            escaped(schema, out);
            out.raw((byte) '"');
        } else {
            members(SchemaMembers.of(schema, json), out, level);
        }
        out.objectEnd();
    }

    private void members(SchemaMembers rest, JsonBytes out, int level) {
        rest.drop("$schema");
        definitions(rest, out, level);
        if (reference(rest, out)) {
            return;
        }
        boolean object = rest.allows("object") || rest.has("properties", JsonKind.Object);
        boolean array = rest.allows("array");
        boolean string = rest.allows("string");
        choices(rest, out, level);
        type(rest, out);
        text("title", rest, out);
        if (object) {
            object(rest, out, level);
        }
        if (array) {
            array(rest, out, level);
        }
        if (string) {
            format(rest, out);
        }
        description(rest, out);
    }

    /// Under their new name, also when they came under the old one.
    private void definitions(SchemaMembers rest, JsonBytes out, int level) {
        String name = rest.has("$defs", JsonKind.Object) ? "$defs" : "definitions";
        if (rest.has(name, JsonKind.Object)) {
            out.name("$defs").objectStart();
            schemas(rest.take(name), out, level);
            out.objectEnd();
        }
    }

    /// A reference stands alone, but for definitions.
    private boolean reference(SchemaMembers rest, JsonBytes out) {
        if (!rest.has("$ref", JsonKind.String)) {
            return false;
        }
        String target = json.over(rest.take("$ref")).text();
        String old = "#/definitions/";
        out.member(
                "$ref",
                target.startsWith(old) ? "#/$defs/" + target.substring(old.length()) : target);
        lossless &= rest.isEmpty();
        return true;
    }

    /// Values and alternatives.
    private void choices(SchemaMembers rest, JsonBytes out, int level) {
        if (rest.hasPrimitives("enum")) {
            out.name("enum").json(rest.take("enum"));
            rest.drop("type");
        }
        if (rest.hasPrimitive("const")) {
            out.name("const").json(rest.take("const"));
            rest.drop("type");
        }
        if (rest.has("anyOf", JsonKind.Array)) {
            list("anyOf", rest.take("anyOf"), out, level);
        } else if (rest.has("oneOf", JsonKind.Array)) {
            lossless = false;
            list("anyOf", rest.take("oneOf"), out, level);
        }
        if (rest.has("allOf", JsonKind.Array)) {
            list("allOf", rest.take("allOf"), out, level);
        }
    }

    private void type(SchemaMembers rest, JsonBytes out) {
        if (rest.has("type")) {
            out.name("type").json(rest.take("type"));
        } else if (rest.has("properties", JsonKind.Object)) {
            out.member("type", "object");
        }
    }

    private void object(SchemaMembers rest, JsonBytes out, int level) {
        out.name("properties").objectStart();
        if (rest.has("properties", JsonKind.Object)) {
            schemas(rest.take("properties"), out, level);
        }
        out.objectEnd();
        if (rest.has("required", JsonKind.Array)) {
            out.name("required").json(rest.take("required"));
        }
        if (rest.has("additionalProperties", JsonKind.False)) {
            rest.drop("additionalProperties");
        }
        out.name("additionalProperties").json(CLOSED);
    }

    private void array(SchemaMembers rest, JsonBytes out, int level) {
        if (rest.has("items", JsonKind.Object)) {
            Slice items = rest.take("items");
            out.name("items");
            schema(items, out, level + 1);
        }
        Slice least = rest.value("minItems");
        if (least.is("0") || least.is("1")) {
            out.name("minItems").json(rest.take("minItems"));
        }
    }

    private void format(SchemaMembers rest, JsonBytes out) {
        if (rest.has("format") && FORMATS.contains(json.over(rest.value("format")).text())) {
            text("format", rest, out);
        }
    }

    private void text(String name, SchemaMembers rest, JsonBytes out) {
        if (rest.has(name, JsonKind.String)) {
            out.name(name).json(rest.take(name));
        }
    }

    /// What is left goes behind the description there was.
    private void description(SchemaMembers rest, JsonBytes out) {
        Slice text =
                rest.has("description", JsonKind.String)
                        ? json.over(rest.take("description")).string()
                        : Slice.EMPTY;
        if (rest.isEmpty()) {
            if (!text.isEmpty()) {
                out.member("description", text);
            }
            return;
        }
        lossless = false;
        out.name("description").raw((byte) '"').raw(text).ascii(text.isEmpty() ? "{" : "\\n\\n{");
        boolean first = true;
        for (SchemaMembers.Member member : rest.all()) {
            out.ascii(first ? "" : ", ").raw(member.name()).ascii(": ");
            escaped(member.value(), out);
            first = false;
        }
        out.ascii("}\"");
    }

    private void escaped(Slice value, JsonBytes out) {
        compact.clear();
        JsonEscapes.compact(value, compact);
        JsonEscapes.escape(compact.slice(), out);
    }

    /// The members of an object whose names are free and whose values are schemas.
    private void schemas(Slice object, JsonBytes out, int level) {
        for (SchemaMembers.Member member : SchemaMembers.of(object, json).all()) {
            out.string(member.name()).raw((byte) ':');
            schema(member.value(), out, level + 1);
        }
    }

    private void list(String name, Slice schemas, JsonBytes out, int level) {
        List<Slice> all = new ArrayList<>();
        json.over(schemas).array();
        while (json.element()) {
            all.add(json.value());
        }
        out.name(name).arrayStart();
        for (Slice schema : all) {
            schema(schema, out, level + 1);
        }
        out.arrayEnd();
    }
}
