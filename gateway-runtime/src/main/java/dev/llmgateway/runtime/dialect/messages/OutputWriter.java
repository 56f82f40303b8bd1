package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.translation.SourceFields;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Slice;

/// Writes what the reply is to look like: `output_config`, or an instruction where the model has no
/// parameter for it.
final class OutputWriter {
    private final Draft draft;
    private final JsonBytes out;

    OutputWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
    }

    /// A block of `system`.
    void writeInstruction() {
        switch (draft.request().output()) {
            case OutputFormat.Text _ -> {
                // Needs none.
            }
            case OutputFormat.JsonObject _ -> {
                out.objectStart()
                        .member("type", "text")
                        .member("text", "Respond with one valid JSON object and nothing else.")
                        .objectEnd();
                lost("asked for by an instruction");
            }
            case OutputFormat.JsonSchema format -> {
                if (!structured()) {
                    instruction(format);
                    lost("the schema is asked for by an instruction");
                }
            }
        }
    }

    private void instruction(OutputFormat.JsonSchema format) {
        out.objectStart().member("type", "text").name("text").raw((byte) '"');
        out.ascii("Respond with one JSON value that matches this schema and nothing else.\\n\\n");
        if (!format.description().isEmpty()) {
            out.raw(format.description()).ascii("\\n\\n");
        }
        JsonBytes compact = new JsonBytes();
        JsonEscapes.compact(format.schema(), compact);
        JsonEscapes.escape(compact.slice(), out);
        out.raw((byte) '"').objectEnd();
    }

    /// `output_config`, when there is something to say.
    void write() {
        int start = out.length();
        out.name("output_config").objectStart();
        int empty = out.length();
        String effort = draft.thinking().effort();
        if (!effort.isEmpty()) {
            out.member("effort", effort);
        }
        if (structured() && draft.request().output() instanceof OutputFormat.JsonSchema format) {
            schema(format);
        }
        draft.request().extras().forEach(this::override);
        if (out.length() == empty) {
            out.cut(start);
        } else {
            out.objectEnd();
        }
    }

    private void schema(OutputFormat.JsonSchema format) {
        out.name("format").objectStart().member("type", "json_schema").name("schema");
        new SchemaTransform().write(format.schema(), out);
        out.objectEnd();
        if (!format.description().isEmpty()) {
            draft.notes().lost(descriptionField(), "has no place");
        }
    }

    /// What a Chat client sets of Anthropic's own, beyond what the hub has a place for.
    private void override(Extra extra) {
        if (!extra.name().equals("output_config")) {
            return;
        }
        JsonCursor json = JsonCursor.of(extra.value());
        if (json.object()) {
            while (json.member()) {
                boolean hub = json.keySlice().is("effort") || json.keySlice().is("format");
                Slice key = json.keySlice();
                Slice value = json.value();
                if (!hub) {
                    out.string(key).raw((byte) ':').raw(value);
                }
            }
        }
    }

    private boolean structured() {
        return draft.target().entry().structuredOutputs();
    }

    private String descriptionField() {
        return draft.request().source() == WireFormat.Responses
                ? "text.format.description"
                : "response_format.json_schema.description";
    }

    private void lost(String reason) {
        draft.notes().lost(SourceFields.of(draft.request().source()).format(), reason);
    }
}
