package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Slice;

/// What a custom tool takes, for those that know it and those that do not (translation.md 2.7):
/// free text, which a grammar may restrict.
///
/// @param syntax such as `lark`, escaped; empty: there is no grammar
/// @param definition escaped
public record FreeText(Slice syntax, Slice definition) {
    private static final FreeText ANY = new FreeText(Slice.EMPTY, Slice.EMPTY);

    /// @param format of the tool, flat as in Responses or nested as in Chat; empty: none
    public static FreeText of(Slice format) {
        return format.isEmpty() ? ANY : read(format, true);
    }

    private static FreeText read(Slice format, boolean outer) {
        Slice syntax = Slice.EMPTY;
        Slice definition = Slice.EMPTY;
        Slice nested = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(format);
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
        return definition.isEmpty() && !nested.isEmpty() && outer
                ? read(nested, false)
                : new FreeText(syntax, definition);
    }

    /// The schema of a function that stands for the tool: its one member is the text.
    public void schema(JsonBytes out) {
        out.objectStart().member("type", "object");
        out.name("properties").objectStart().name("input").objectStart();
        out.member("type", "string").name("description").raw((byte) '"');
        out.ascii("Raw input, not JSON.");
        if (!definition.isEmpty()) {
            out.ascii(" Grammar (").raw(syntax).ascii("): ").raw(definition);
        }
        out.raw((byte) '"').objectEnd().objectEnd();
        out.name("required").arrayStart().value("input").arrayEnd();
        out.member("additionalProperties", false).objectEnd();
    }

    /// The member `format`, if there is a grammar.
    ///
    /// @param nested as Chat has it
    public void format(boolean nested, JsonBytes out) {
        if (definition.isEmpty()) {
            return;
        }
        out.name("format").objectStart().member("type", "grammar");
        if (nested) {
            out.name("grammar").objectStart();
        }
        out.member("syntax", syntax).member("definition", definition);
        if (nested) {
            out.objectEnd();
        }
        out.objectEnd();
    }

    /// Arguments of that function that hold a text, as the inside of a string.
    ///
    /// @param text escaped
    public static void arguments(Slice text, JsonBytes out) {
        out.ascii("{\\\"input\\\":\\\"");
        JsonEscapes.escape(text, out);
        out.ascii("\\\"}");
    }
}
