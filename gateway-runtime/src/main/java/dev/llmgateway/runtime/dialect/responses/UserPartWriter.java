package dev.llmgateway.runtime.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.chat.Compaction;
import dev.llmgateway.runtime.dialect.chat.DocumentText;
import dev.llmgateway.runtime.dialect.chat.JsonMembers;
import dev.llmgateway.runtime.dialect.chat.Place;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.chat.SearchResultText;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Parts of messages, and of what tools have put out, which are the same here.
final class UserPartWriter {
    private static final byte[] ERROR = "Error:".getBytes(US_ASCII);

    private final RequestOutput to;
    private final JsonBytes json;

    UserPartWriter(RequestOutput to) {
        this.to = to;
        this.json = to.json();
    }

    /// The member `output`: a string where a string says all.
    void output(Part.ToolResult result, Place place) {
        List<Part> content = result.content();
        boolean prefix = result.error() && !saysError(content);
        boolean plain =
                content.isEmpty()
                        || (content.size() == 1
                                && content.getFirst() instanceof Part.Text text
                                && !to.marks(text.cache()));
        if (plain && !to.marks(result.cache())) {
            to.quote("output").ascii(prefix ? "Error: " : "");
            if (!content.isEmpty() && content.getFirst() instanceof Part.Text(Slice text, _)) {
                json.raw(text);
            }
            to.endQuote();
            return;
        }
        json.name("output").arrayStart();
        if (prefix) {
            text(Slice.of("Error:"), CacheMark.None);
        }
        for (int i = 0; i < content.size(); i++) {
            write(content.get(i), place.inside(i));
        }
        json.arrayEnd();
    }

    private static boolean saysError(List<Part> content) {
        return !content.isEmpty()
                && content.getFirst() instanceof Part.Text(Slice text, _)
                && text.startsWith(ERROR);
    }

    /// Adds the parts that say the same: none, one, or several.
    void write(Part part, Place place) {
        switch (part) {
            case Part.Text(Slice text, CacheMark cache) -> text(text, cache);
            case Part.Refusal(Slice text) -> text(text, CacheMark.None);
            case Part.Image(Media media, CacheMark cache) -> image(media, cache, place);
            case Part.Document document -> document(document, place);
            case Part.Audio _ ->
                    throw new Refusal(
                            place.path(),
                            place.path() + ": Responses takes no audio, send a transcript");
            case Part.SearchResult result -> {
                start("input_text");
                to.quote("text");
                SearchResultText.write(result, place, json, to);
                to.endQuote();
                end(result.cache());
            }
            case Part.Other other -> other(other, place);
            case Part.Thinking _, Part.RedactedThinking _ -> {}
            case Part.ToolCall _, Part.ToolResult _, Part.ServerTool _ ->
                    to.notes().lost(place.path(), "not possible in a user message");
        }
    }

    private void start(String type) {
        json.objectStart().member("type", type);
    }

    private void end(CacheMark cache) {
        to.mark(cache);
        json.objectEnd();
    }

    private void text(Slice text, CacheMark cache) {
        start("input_text");
        json.member("text", text);
        end(text.isEmpty() ? CacheMark.None : cache);
    }

    private void image(Media media, CacheMark cache, Place place) {
        start("input_image");
        json.member("detail", "auto");
        switch (media) {
            case Media.Base64(String type, Slice data) -> dataUri("image_url", type, data);
            case Media.Url(Slice url) -> json.member("image_url", url);
            case Media.FileId _ -> throw place.notPortable();
            case Media.PlainText _, Media.Parts _ ->
                    throw new Refusal(place.path(), place.path() + ": an image has no such source");
        }
        end(cache);
    }

    private void dataUri(String member, String mediaType, Slice data) {
        to.quote(member).ascii("data:").raw(JsonText.escapedBytes(mediaType));
        json.ascii(";base64,").raw(data);
        to.endQuote();
    }

    private void document(Part.Document document, Place place) {
        if (document.citations()) {
            to.notes().lost(place.path() + ".citations", "Responses has no citations of documents");
        }
        if (!document.context().isEmpty()) {
            text(document.context(), CacheMark.None);
        }
        switch (document.media()) {
            case Media.Base64(String type, Slice data) -> {
                start("input_file");
                name(
                        document.title(),
                        type.equals("application/pdf") ? "document.pdf" : "document");
                dataUri("file_data", type, data);
                end(document.cache());
            }
            case Media.Url(Slice url) -> {
                start("input_file");
                json.member("file_url", url);
                end(document.cache());
            }
            case Media.PlainText(Slice text) -> {
                start("input_text");
                to.quote("text");
                DocumentText.write(document.title(), text, json);
                to.endQuote();
                end(document.cache());
            }
            case Media.Parts(List<Part> inner) -> flattened(document, inner, place);
            case Media.FileId _ -> throw place.notPortable();
        }
    }

    private void name(Slice title, String otherwise) {
        if (title.isEmpty()) {
            json.member("filename", otherwise);
        } else {
            json.member("filename", title);
        }
    }

    private void flattened(Part.Document document, List<Part> inner, Place place) {
        if (!document.title().isEmpty()) {
            text(document.title(), CacheMark.None);
        }
        for (int i = 0; i < inner.size(); i++) {
            write(inner.get(i), place.inside(i));
        }
    }

    private void other(Part.Other other, Place place) {
        switch (other.type()) {
            case "compaction" -> text(Compaction.text(other.json(), place), CacheMark.None);
            case "container_upload" ->
                    throw new Refusal(
                            place.path(),
                            place.path()
                                    + ": files for a container at Anthropic cannot be given to"
                                    + " another provider");
            case "tool_reference" ->
                    text(
                            JsonMembers.string(JsonCursor.of(other.json()), "tool_name"),
                            CacheMark.None);
            default -> to.notes().lost(place.path(), "no such part: " + FieldName.of(other.type()));
        }
    }
}
