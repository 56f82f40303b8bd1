package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Anthropic's blocks inside a Chat message, member by member; a type that neither format has in
/// common stays whole.
final class BlockReader {
    private static final Slice NO_ARGUMENTS = Slice.of("{}");

    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String id = "";
    private String name = "";
    private Slice input = NO_ARGUMENTS;
    private String resultOf = "";
    private Slice content = Slice.EMPTY;
    private boolean error;
    private Slice source = Slice.EMPTY;
    private Slice thinking = Slice.EMPTY;
    private Slice signature = Slice.EMPTY;
    private Slice data = Slice.EMPTY;
    private Slice title = Slice.EMPTY;
    private Slice context = Slice.EMPTY;
    private Slice citations = Slice.EMPTY;

    BlockReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    /// @return whether the member is one of these blocks'; its value was read then
    boolean member(String member) {
        switch (member) {
            case "id" -> id = json.text();
            case "name" -> name = json.text();
            case "input" -> input = json.value();
            case "tool_use_id" -> resultOf = json.text();
            case "content" -> content = json.value();
            case "is_error" -> error = json.isTrue();
            case "source" -> source = json.value();
            default -> {
                return text(member);
            }
        }
        return true;
    }

    private boolean text(String member) {
        switch (member) {
            case "thinking" -> thinking = json.string();
            case "signature" -> signature = json.string();
            case "data" -> data = json.string();
            case "title" -> title = json.string();
            case "context" -> context = json.string();
            case "citations" -> citations = json.value();
            // Who called a tool.
            case "caller" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// @param mark where the block begins
    Part part(String type, CacheMark cache, int mark) {
        return switch (type) {
            case "image" -> new Part.Image(media(), cache);
            case "document" -> new Part.Document(media(), title, context, cited(), cache);
            case "tool_use" ->
                    new Part.ToolCall(
                            needed(id, "id"),
                            needed(name, "name"),
                            new Arguments.Value(input.is("null") ? NO_ARGUMENTS : input),
                            cache);
            case "tool_result" ->
                    new Part.ToolResult(needed(resultOf, "tool_use_id"), content(), error, cache);
            case "thinking" -> new Part.Thinking(thinking, signature);
            case "redacted_thinking" -> new Part.RedactedThinking(data);
            case "search_result" -> searchResult(cache);
            default ->
                    type.equals("server_tool_use") || type.endsWith("_tool_result")
                            ? new Part.ServerTool(type, json.since(mark))
                            : new Part.Other(type, json.since(mark));
        };
    }

    private Part searchResult(CacheMark cache) {
        return new Part.SearchResult(title, JsonCursor.of(source).string(), content(), cache);
    }

    private Media media() {
        if (source.isEmpty()) {
            throw BodyReader.refusal(field.member("source"), "is missing");
        }
        FieldPath where = field.member("source");
        return new SourceReader(body.over(source, where), where).read();
    }

    private List<Part> content() {
        FieldPath where = field.member("content");
        List<Part> parts = ContentReader.read(body, content, where);
        if (!parts.stream().allMatch(Placement::inResult)) {
            throw BodyReader.refusal(where, "has a part that does not belong there");
        }
        return parts;
    }

    /// In a document `citations` is a switch, in a text the citations themselves.
    private boolean cited() {
        if (citations.isEmpty()) {
            return false;
        }
        JsonCursor inside = JsonCursor.of(citations);
        boolean enabled = false;
        if (inside.object()) {
            while (inside.member()) {
                if (inside.key().equals("enabled")) {
                    enabled = inside.isTrue();
                } else {
                    inside.skip();
                }
            }
        }
        return enabled;
    }

    private String needed(String value, String member) {
        if (value.isEmpty()) {
            throw BodyReader.refusal(field.member(member), "is missing");
        }
        return value;
    }
}
