package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;

/// One of an assistant's `tool_calls`, or its `function_call`.
final class CallReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String id = "";
    private String name = "";
    private Arguments arguments = new Arguments.Quoted(Slice.EMPTY);
    private CacheMark cache = CacheMark.None;

    CallReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    Part.ToolCall toolCall() {
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object");
        }
        json.object();
        while (json.member()) {
            switch (json.key()) {
                case "id" -> id = body.text(field.member("id"));
                case "function", "custom" -> called(field.member(json.key()));
                case "cache_control" -> cache = body.mark(field.member("cache_control"));
                // `index` is left over from streams; which kind it is, the member above tells.
                case "type", "index" -> json.skip();
                default -> body.unknown(field);
            }
        }
        if (id.isEmpty()) {
            throw BodyReader.refusal(field.member("id"), "is missing");
        }
        return new Part.ToolCall(id, named(), arguments, cache);
    }

    /// A call without id, of the time before tools.
    Part.ToolCall functionCall(LegacyCalls ids) {
        called(field);
        return new Part.ToolCall(ids.called(named()), name, arguments, cache);
    }

    private void called(FieldPath owner) {
        if (!body.object(owner)) {
            return;
        }
        while (json.member()) {
            switch (json.key()) {
                case "name" -> name = body.text(owner.member("name"));
                case "arguments" -> arguments = arguments();
                case "input" -> arguments = new Arguments.Text(body.string(owner.member("input")));
                // What the SDK's parser found in `arguments`.
                case "parsed_arguments" -> json.skip();
                default -> body.unknown(owner);
            }
        }
    }

    /// A string that holds JSON; some clients send the JSON itself.
    private Arguments arguments() {
        return switch (json.kind()) {
            case Object -> new Arguments.Value(json.value());
            case String, Null, Array, Number, True, False -> new Arguments.Quoted(json.string());
        };
    }

    private String named() {
        if (name.isEmpty()) {
            throw BodyReader.refusal(field, "must name what is called");
        }
        return name;
    }
}
