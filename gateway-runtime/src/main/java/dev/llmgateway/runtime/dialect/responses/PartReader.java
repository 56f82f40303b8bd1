package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.DataUri;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// One part of a content list. Members may come in any order, so what they mean is decided when all
/// were seen.
final class PartReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private String type = "";
    private Slice text = Slice.EMPTY;
    private Slice url = Slice.EMPTY;
    private Slice fileData = Slice.EMPTY;
    private Slice fileUrl = Slice.EMPTY;
    private Slice fileId = Slice.EMPTY;
    private Slice fileName = Slice.EMPTY;
    private Slice sound = Slice.EMPTY;
    private String soundFormat = "";
    private CacheMark cache = CacheMark.None;
    private final List<String> unknown = new ArrayList<>(0);

    PartReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
    }

    Part read() {
        int mark = json.mark();
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object with a type");
        }
        json.object();
        while (json.member()) {
            String name = json.key();
            if (!member(name)) {
                if (!json.isNull()) {
                    unknown.add(name);
                }
                json.skip();
            }
        }
        Part part = part(json.since(mark));
        if (!(part instanceof Part.Other)) {
            unknown.forEach(name -> body.lost(field.member(name), "unknown member"));
        }
        return part;
    }

    private boolean member(String name) {
        FieldPath here = field.member(name);
        switch (name) {
            case "type" -> type = body.text(here);
            case "text", "refusal" -> text = body.string(here);
            case "image_url" -> url = body.string(here);
            case "file_data" -> fileData = body.string(here);
            case "file_url" -> fileUrl = body.string(here);
            case "file_id" -> fileId = body.string(here);
            case "filename" -> fileName = body.string(here);
            case "input_audio" -> sound(here);
            case "prompt_cache_breakpoint" -> cache = body.mark(here);
            // Says how to look at an image, or repeats what the reply said.
            case "detail", "annotations", "logprobs", "parsed" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void sound(FieldPath owner) {
        if (body.object(owner)) {
            while (json.member()) {
                switch (json.key()) {
                    case "data" -> sound = body.string(owner.member("data"));
                    case "format" -> soundFormat = json.text();
                    default -> body.unknown(owner);
                }
            }
        }
    }

    private Part part(Slice whole) {
        return switch (type) {
            case "" -> throw BodyReader.refusal(field.member("type"), "is missing");
            case "input_text", "output_text", "text", "summary_text", "reasoning_text" ->
                    new Part.Text(text, cache);
            case "refusal" -> new Part.Refusal(text);
            case "input_image" -> new Part.Image(image(), cache);
            case "input_file" -> new Part.Document(document(), fileName, Slice.EMPTY, false, cache);
            case "input_audio" -> new Part.Audio(sound, soundFormat);
            default -> new Part.Other(type, whole);
        };
    }

    private Media image() {
        if (url.isEmpty() && !fileId.isEmpty()) {
            return new Media.FileId(fileId);
        }
        return DataUri.media(url, field.member("image_url"));
    }

    private Media document() {
        if (!fileData.isEmpty()) {
            return DataUri.scheme(fileData).isEmpty()
                    ? new Media.Base64("application/pdf", fileData)
                    : DataUri.media(fileData, field.member("file_data"));
        }
        if (!fileUrl.isEmpty()) {
            return DataUri.media(fileUrl, field.member("file_url"));
        }
        if (fileId.isEmpty()) {
            throw BodyReader.refusal(field, "needs file_data, file_url or file_id");
        }
        return new Media.FileId(fileId);
    }
}
