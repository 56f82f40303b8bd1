package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Content: a string, or blocks of all types.
final class BlockReader {
    /// Where a block stands, which decides what it may be.
    enum Place {
        Turn,
        /// Inside another block: one level of nesting at most, but for a document in a result.
        Inner
    }

    private static final Slice NO_INPUT = Slice.of("{}");

    private final Reading reading;
    private final MediaReader media;

    BlockReader(Reading reading) {
        this.reading = reading;
        this.media = new MediaReader(reading, this);
    }

    /// The content that the cursor stands on.
    List<Part> content(JsonCursor json) {
        int here = reading.path().into("content");
        JsonKind kind = json.kind();
        List<Part> parts;
        if (kind == JsonKind.String) {
            parts = List.of(new Part.Text(json.string(), CacheMark.None));
        } else if (kind == JsonKind.Array) {
            parts = blocks(json, Place.Turn);
        } else {
            throw reading.path().refusal("must be a string or a list of blocks");
        }
        reading.path().back(here);
        return parts;
    }

    private List<Part> blocks(JsonCursor json, Place place) {
        List<Part> parts = new ArrayList<>();
        json.array();
        while (json.element()) {
            int here = reading.path().into(parts.size());
            parts.add(block(Members.of(json, reading), place));
            reading.path().back(here);
        }
        return parts;
    }

    /// The content of a block; none at all is an empty list.
    List<Part> content(Members holder, Place place) {
        Slice content = holder.value("content");
        if (content.isEmpty()) {
            return List.of();
        }
        if (content.at(0) == '"') {
            Slice text = Members.inside(content);
            return text.isEmpty() ? List.of() : List.of(new Part.Text(text, CacheMark.None));
        }
        int here = reading.path().into("content");
        if (content.at(0) != '[') {
            throw reading.path().refusal("must be a string or a list of blocks");
        }
        List<Part> parts = blocks(JsonCursor.of(content), place);
        reading.path().back(here);
        return parts;
    }

    private Part block(Members block, Place place) {
        String type = block.needed("type");
        Part part =
                switch (type) {
                    case "text" -> text(block);
                    case "image" -> media.image(block);
                    case "document" -> media.document(block);
                    case "search_result" -> searchResult(block);
                    case "tool_reference" ->
                            new Part.Text(
                                    block.string("tool_name"), CacheControl.of(block, reading));
                    case "thinking" ->
                            new Part.Thinking(block.string("thinking"), block.string("signature"));
                    case "redacted_thinking" -> new Part.RedactedThinking(block.string("data"));
                    case "tool_use" -> call(block, place);
                    case "tool_result" -> result(block, place);
                    default -> whole(type, block);
                };
        if (!(part instanceof Part.ServerTool || part instanceof Part.Other)) {
            block.noteRest();
        }
        return part;
    }

    /// Citations of an earlier reply mean nothing to another provider.
    Part.Text text(Members block) {
        block.drop("citations");
        return new Part.Text(block.string("text"), CacheControl.of(block, reading));
    }

    private Part searchResult(Members block) {
        if (media.citations(block)) {
            reading.lost("citations", "other formats do not cite");
        }
        return new Part.SearchResult(
                block.string("title"),
                block.string("source"),
                content(block, Place.Inner),
                CacheControl.of(block, reading));
    }

    private Part call(Members block, Place place) {
        if (place == Place.Inner) {
            throw reading.path().refusal("a tool_use must be a block of its own");
        }
        block.drop("caller");
        Slice input = block.value("input");
        if (!input.isEmpty() && input.at(0) != '{') {
            throw reading.path().refusal("input", "must be an object");
        }
        return new Part.ToolCall(
                block.needed("id"),
                block.needed("name"),
                new Arguments.Value(input.isEmpty() ? NO_INPUT : input),
                CacheControl.of(block, reading));
    }

    private Part result(Members block, Place place) {
        if (place == Place.Inner) {
            throw reading.path().refusal("a tool_result must be a block of its own");
        }
        return new Part.ToolResult(
                block.needed("tool_use_id"),
                content(block, Place.Inner),
                block.isTrue("is_error"),
                CacheControl.of(block, reading));
    }

    /// What only its own format knows travels whole.
    private static Part whole(String type, Members block) {
        boolean ofProvider = type.endsWith("_tool_result") || type.endsWith("_tool_use");
        return ofProvider
                ? new Part.ServerTool(type, block.whole())
                : new Part.Other(type, block.whole());
    }
}
