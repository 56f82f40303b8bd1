package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.Slice;

/// A call of a function that stands for one of the client's own tools, as that tool's item
/// (translation.md 2.7).
final class LocalCallJson {
    private LocalCallJson() {}

    /// Adds the members behind id and type.
    ///
    /// @param arguments escaped; what is no JSON object counts as none
    static void write(OutputItem item, String status, Slice arguments, JsonBytes out) {
        JsonBytes unescaped = new JsonBytes();
        JsonEscapes.unescape(arguments, unescaped);
        Slice object = object(unescaped.slice());
        out.member("status", status).member("call_id", item.call().id());
        if (item.kind() == ItemKind.ApplyPatch) {
            out.name("operation").json(operation(object));
            return;
        }
        out.name("action").objectStart();
        if (item.kind() == ItemKind.LocalShell) {
            out.member("type", "exec").name("env").objectStart().objectEnd();
            member(object, "command", "command", "[]", out);
            member(object, "workdir", "working_directory", "null", out);
        } else {
            member(object, "commands", "commands", "[]", out);
            out.name("max_output_length").nullValue();
        }
        member(object, "timeout_ms", "timeout_ms", "null", out);
        out.objectEnd();
    }

    private static Slice object(Slice json) {
        try {
            JsonCursor cursor = JsonCursor.of(json);
            boolean object = !json.isEmpty() && cursor.kind() == JsonKind.Object;
            cursor.skip();
            cursor.end();
            return object ? json : Slice.of("{}");
        } catch (MalformedJson _) {
            return Slice.of("{}");
        }
    }

    private static Slice operation(Slice object) {
        Slice found = value(object, "operation");
        return found.isEmpty() ? object : found;
    }

    private static void member(
            Slice object, String name, String shown, String otherwise, JsonBytes out) {
        Slice found = value(object, name);
        out.name(shown).json(found.isEmpty() ? Slice.of(otherwise) : found);
    }

    private static Slice value(Slice object, String name) {
        Slice found = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(object);
        json.object();
        while (json.member()) {
            boolean wanted = json.key().equals(name);
            Slice value = json.value();
            found = wanted ? value : found;
        }
        return found;
    }
}
