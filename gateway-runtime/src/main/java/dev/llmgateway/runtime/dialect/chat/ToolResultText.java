package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// A tool's result as the text of a `tool` message, which can hold nothing else: images and
/// documents are named in it and go below it.
final class ToolResultText {
    private static final byte[] ERROR = "Error:".getBytes(US_ASCII);

    private final List<PlacedPart> below;
    private final RequestOutput to;
    private boolean started;

    private ToolResultText(List<PlacedPart> below, RequestOutput to) {
        this.below = below;
        this.to = to;
    }

    /// @param below gets what does not fit in
    static void message(
            Part.ToolResult result, Place place, List<PlacedPart> below, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("role", "tool");
        json.member("tool_call_id", result.id());
        ToolResultText text = new ToolResultText(below, to);
        if (to.marks(result.cache()) && !result.content().isEmpty()) {
            json.name("content").arrayStart().objectStart().member("type", "text");
            text.quoted("text", result, place);
            to.mark(result.cache());
            json.objectEnd().arrayEnd();
        } else {
            text.quoted("content", result, place);
        }
        json.objectEnd();
    }

    private void quoted(String member, Part.ToolResult result, Place place) {
        to.quote(member);
        if (result.error() && !saysError(result.content())) {
            to.json().ascii("Error: ");
        }
        for (int i = 0; i < result.content().size(); i++) {
            add(result.content().get(i), place.inside(i));
        }
        to.endQuote();
    }

    private static boolean saysError(List<Part> content) {
        return !content.isEmpty()
                && content.getFirst() instanceof Part.Text text
                && text.text().startsWith(ERROR);
    }

    private void add(Part part, Place place) {
        switch (part) {
            case Part.Text(Slice text, _) -> piece().raw(text);
            case Part.Refusal(Slice text) -> piece().raw(text);
            case Part.Image _ -> attach("image", part, place);
            case Part.Document document -> document(document, place);
            case Part.SearchResult result -> SearchResultText.write(result, place, piece(), to);
            case Part.Other other -> other(other, place);
            case Part.Audio _ -> attach("audio", part, place);
            case Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.ServerTool _ ->
                    to.notes().lost(place.path(), "not possible in a tool result");
        }
    }

    private JsonBytes piece() {
        if (started) {
            to.json().ascii("\\n");
        }
        started = true;
        return to.json();
    }

    private void attach(String kind, Part part, Place place) {
        below.add(new PlacedPart(part, place));
        piece().ascii("[" + kind + " ").number(below.size()).ascii(" attached below]");
    }

    private void document(Part.Document document, Place place) {
        switch (document.media()) {
            case Media.PlainText _, Media.Parts _ -> texts(document, place);
            case Media.Base64 _, Media.Url _, Media.FileId _ -> attach("document", document, place);
        }
    }

    private void texts(Part.Document document, Place place) {
        if (document.citations()) {
            DocumentText.citationsLost(place, to);
        }
        if (!document.context().isEmpty()) {
            piece().raw(document.context());
        }
        switch (document.media()) {
            case Media.PlainText(Slice text) -> DocumentText.write(document.title(), text, piece());
            case Media.Parts(List<Part> parts) -> {
                if (!document.title().isEmpty()) {
                    piece().raw(document.title());
                }
                parts.forEach(part -> add(part, place));
            }
            case Media.Base64 _, Media.Url _, Media.FileId _ -> {}
        }
    }

    private void other(Part.Other other, Place place) {
        Slice name = Slice.EMPTY;
        if (other.type().equals("tool_reference")) {
            name = JsonMembers.string(JsonCursor.of(other.json()), "tool_name");
        }
        if (name.isEmpty()) {
            to.notes().lost(place.path(), "unknown block in a tool result");
        } else {
            piece().raw(name);
        }
    }
}
