package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Slice;

/// `response_format`, or Anthropic's `output_config.format`, whose schema stands beside the type.
public final class FormatReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String type = "";
    private String name = "";
    private Slice description = Slice.EMPTY;
    private Slice schema = Slice.EMPTY;
    private boolean strict;

    public FormatReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    public OutputFormat read() {
        members(field);
        return switch (type) {
            case "", "text" -> new OutputFormat.Text();
            case "json_object" -> new OutputFormat.JsonObject();
            // Without a schema any object will do.
            case "json_schema" ->
                    schema.isEmpty()
                            ? new OutputFormat.JsonObject()
                            : new OutputFormat.JsonSchema(name, description, schema, strict);
            default ->
                    throw BodyReader.refusal(
                            field.member("type"),
                            "must be text, json_object or json_schema to be translated");
        };
    }

    private void members(FieldPath owner) {
        if (!body.object(owner)) {
            return;
        }
        while (json.member()) {
            FieldPath here = owner.member(json.key());
            switch (json.key()) {
                case "type" -> type = body.text(here);
                case "json_schema" -> members(here);
                case "name" -> name = body.text(here);
                case "description" -> description = body.string(here);
                case "schema" -> schema = body.whole(here);
                case "strict" -> strict = body.flag(here, false);
                default -> body.unknown(owner);
            }
        }
    }
}
