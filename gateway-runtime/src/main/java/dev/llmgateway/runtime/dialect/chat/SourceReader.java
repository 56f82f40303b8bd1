package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Slice;
import java.util.Locale;

/// Anthropic's `source` of an image or a document.
final class SourceReader {
    private final BodyReader body;
    private final FieldPath field;
    private String type = "";
    private String mediaType = "";
    private Slice data = Slice.EMPTY;
    private Slice url = Slice.EMPTY;
    private Slice fileId = Slice.EMPTY;
    private Slice content = Slice.EMPTY;

    SourceReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.field = field;
    }

    Media read() {
        JsonCursor json = body.json();
        if (!body.object(field)) {
            throw BodyReader.refusal(field, "must be an object");
        }
        while (json.member()) {
            switch (json.key()) {
                case "type" -> type = json.text();
                case "media_type" -> mediaType = json.text().toLowerCase(Locale.ROOT);
                case "data" -> data = json.string();
                case "url" -> url = json.string();
                case "file_id" -> fileId = json.string();
                case "content" -> content = json.value();
                default -> body.unknown(field);
            }
        }
        return media();
    }

    private Media media() {
        return switch (type) {
            case "base64" -> new Media.Base64(mediaType, data);
            case "url" -> new Media.Url(url);
            case "file" -> new Media.FileId(fileId);
            case "text" -> new Media.PlainText(data);
            case "content" ->
                    new Media.Parts(ContentReader.read(body, content, field.member("content")));
            default ->
                    throw BodyReader.refusal(
                            field.member("type"), "must be base64, url, file, text or content");
        };
    }
}
