package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.TextFile;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Content parts of a `user` message.
final class UserPartWriter {
    private static final String PDF = "application/pdf";

    private UserPartWriter() {}

    /// Adds the parts that say the same to the list that is being written: none, one, or several.
    static void write(Part part, Place place, RequestOutput to) {
        switch (part) {
            case Part.Text(Slice text, CacheMark cache) -> to.text(text, cache);
            case Part.Refusal(Slice text) -> to.text(text, CacheMark.None);
            case Part.Image(Media media, CacheMark cache) -> image(media, cache, place, to);
            case Part.Document document -> document(document, place, to);
            case Part.Audio(Slice data, String format) -> audio(data, format, to.json());
            case Part.SearchResult result -> searchResult(result, place, to);
            case Part.Other other -> other(other, place, to);
            case Part.Thinking _, Part.RedactedThinking _ -> {}
            case Part.ToolCall _, Part.ToolResult _, Part.ServerTool _ ->
                    to.notes().lost(place.path(), "not possible in a user message");
        }
    }

    private static void image(Media media, CacheMark cache, Place place, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("type", "image_url");
        json.name("image_url").objectStart();
        switch (media) {
            case Media.Base64(String type, Slice data) -> dataUri("url", type, data, to);
            case Media.Url(Slice url) -> json.member("url", url);
            case Media.FileId _ -> throw place.notPortable();
            case Media.PlainText _, Media.Parts _ ->
                    throw new Refusal(place.path(), place.path() + ": an image has no such source");
        }
        json.objectEnd();
        to.mark(cache);
        json.objectEnd();
    }

    private static void dataUri(String member, String mediaType, Slice data, RequestOutput to) {
        to.quote(member).ascii("data:").raw(JsonText.escapedBytes(mediaType));
        to.json().ascii(";base64,").raw(data);
        to.endQuote();
    }

    private static void document(Part.Document document, Place place, RequestOutput to) {
        if (document.citations()) {
            DocumentText.citationsLost(place, to);
        }
        if (!document.context().isEmpty()) {
            to.text(document.context(), CacheMark.None);
        }
        switch (document.media()) {
            case Media.Base64(String type, Slice data) when type.equals(PDF) ->
                    file(document, data, to);
            case Media.Base64(String type, Slice data) when TextFile.is(type) ->
                    plainDocument(
                            document,
                            TextFile.read(data)
                                    .orElseThrow(() ->
                                            new Refusal(
                                                    place.path(),
                                                    place.path()
                                                            + ": a text file must be base64 of"
                                                            + " UTF-8")),
                            to);
            case Media.Base64(String type, _) ->
                    throw new Refusal(
                            place.path(),
                            place.path()
                                    + ": Chat takes documents as PDF or text, not as "
                                    + FieldName.printable(type));
            case Media.PlainText(Slice text) -> plainDocument(document, text, to);
            case Media.Parts(List<Part> parts) -> flattened(document, parts, place, to);
            case Media.Url _ ->
                    throw new Refusal(
                            place.path(),
                            place.path()
                                    + ": a Chat upstream fetches no documents; send the document"
                                    + " itself as base64");
            case Media.FileId _ -> throw place.notPortable();
        }
    }

    private static void file(Part.Document document, Slice data, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("type", "file");
        json.name("file").objectStart();
        if (document.title().isEmpty()) {
            json.member("filename", "document.pdf");
        } else {
            json.member("filename", document.title());
        }
        dataUri("file_data", PDF, data, to);
        json.objectEnd();
        to.mark(document.cache());
        json.objectEnd();
    }

    private static void plainDocument(Part.Document document, Slice text, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("type", "text");
        to.quote("text");
        DocumentText.write(document.title(), text, json);
        to.endQuote();
        to.mark(document.cache());
        json.objectEnd();
    }

    /// The document's mark goes to its last part.
    private static void flattened(
            Part.Document document, List<Part> parts, Place place, RequestOutput to) {
        if (!document.title().isEmpty()) {
            to.text(document.title(), CacheMark.None);
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            if (last && parts.get(i) instanceof Part.Text(Slice text, CacheMark mark)) {
                to.text(text, document.cache() == CacheMark.None ? mark : document.cache());
            } else {
                write(parts.get(i), place.inside(i), to);
            }
        }
    }

    private static void audio(Slice data, String format, JsonBytes json) {
        json.objectStart().member("type", "input_audio").name("input_audio").objectStart();
        json.member("data", data).member("format", format).objectEnd().objectEnd();
    }

    private static void searchResult(Part.SearchResult result, Place place, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("type", "text");
        to.quote("text");
        SearchResultText.write(result, place, json, to);
        to.endQuote();
        to.mark(result.cache());
        json.objectEnd();
    }

    private static void other(Part.Other other, Place place, RequestOutput to) {
        switch (other.type()) {
            case "compaction" -> to.text(Compaction.text(other.json(), place), CacheMark.None);
            case "container_upload" ->
                    throw new Refusal(
                            place.path(),
                            place.path()
                                    + ": files for a container at Anthropic cannot be given to a"
                                    + " Chat upstream");
            default -> to.notes().lost(place.path(), "no such part: " + FieldName.of(other.type()));
        }
    }
}
