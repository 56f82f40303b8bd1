package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a message. Its members may come in any order, so what they mean is decided when all
/// were seen. Anthropic's blocks are read as well, since clients of this format send them
/// (translation.md 7); what neither has stays whole.
final class PartReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private final BlockReader block;
    private String type = "";
    private @Nullable Slice text;
    private @Nullable Slice refusal;
    private @Nullable Slice url;
    private @Nullable Slice data;
    private String format = "";
    private Slice fileName = Slice.EMPTY;
    private Slice fileId = Slice.EMPTY;
    private CacheMark cache = CacheMark.None;
    private final List<String> unknown = new ArrayList<>(0);

    PartReader(BodyReader body, FieldPath field) {
        this.body = body;
        this.json = body.json();
        this.field = field;
        this.block = new BlockReader(body, field);
    }

    Part read() {
        int mark = json.mark();
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object with a type");
        }
        json.object();
        while (json.member()) {
            String name = json.key();
            if (!member(name) && !block.member(name)) {
                other(name);
            }
        }
        return part(mark);
    }

    private boolean member(String name) {
        switch (name) {
            case "type" -> type = body.text(field.member(name));
            case "text" -> text = body.stringOrNull();
            case "refusal" -> refusal = body.stringOrNull();
            case "image_url" -> imageUrl();
            case "input_audio" -> audio();
            case "file" -> file();
            case "cache_control", "prompt_cache_breakpoint" ->
                    cache = body.mark(field.member(name));
            // Says how to look at an image, or repeats what the reply said.
            case "detail", "annotations", "index" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void other(String name) {
        if (!json.isNull()) {
            unknown.add(name);
        }
        json.skip();
    }

    /// Both `{"url":…,"detail":…}` and a bare string are on the wire.
    private void imageUrl() {
        if (json.kind() == JsonKind.String) {
            url = json.string();
            return;
        }
        FieldPath owner = field.member("image_url");
        if (body.object(owner)) {
            while (json.member()) {
                switch (json.key()) {
                    case "url" -> url = body.stringOrNull();
                    case "detail" -> json.skip();
                    default -> body.unknown(owner);
                }
            }
        }
    }

    private void audio() {
        FieldPath owner = field.member("input_audio");
        if (body.object(owner)) {
            while (json.member()) {
                switch (json.key()) {
                    case "data" -> data = body.stringOrNull();
                    case "format" -> format = json.text();
                    default -> body.unknown(owner);
                }
            }
        }
    }

    private void file() {
        FieldPath owner = field.member("file");
        if (body.object(owner)) {
            while (json.member()) {
                switch (json.key()) {
                    case "file_data" -> data = body.stringOrNull();
                    case "filename" -> fileName = json.string();
                    case "file_id" -> fileId = json.string();
                    default -> body.unknown(owner);
                }
            }
        }
    }

    private Part part(int mark) {
        Part part =
                switch (type) {
                    case "" -> throw BodyReader.refusal(field.member("type"), "is missing");
                    // The names of Responses come from clients that mix the two formats.
                    case "text", "input_text", "output_text" ->
                            new Part.Text(required(text, field.member("text")), cache);
                    case "refusal" -> new Part.Refusal(required(refusal, field.member("refusal")));
                    case "image_url", "input_image" -> image();
                    case "input_audio" -> new Part.Audio(required(data, soundData()), format);
                    case "file" ->
                            new Part.Document(document(), fileName, Slice.EMPTY, false, cache);
                    default -> block.part(type, cache, mark);
                };
        if (!(part instanceof Part.Other || part instanceof Part.ServerTool)) {
            unknown.forEach(name -> body.lost(field.member(name), "unknown member"));
        }
        return part;
    }

    private Part image() {
        FieldPath where = field.member("image_url");
        return new Part.Image(DataUri.media(required(url, where), where), cache);
    }

    private FieldPath soundData() {
        return field.member("input_audio").member("data");
    }

    private Media document() {
        if (data == null || data.isEmpty()) {
            if (fileId.isEmpty()) {
                throw BodyReader.refusal(field.member("file"), "needs file_data or file_id");
            }
            return new Media.FileId(fileId);
        }
        FieldPath where = field.member("file").member("file_data");
        return DataUri.scheme(data).isEmpty()
                ? new Media.Base64("application/pdf", data)
                : DataUri.media(data, where);
    }

    private static Slice required(@Nullable Slice value, FieldPath where) {
        if (value == null) {
            throw BodyReader.refusal(where, "must be a string");
        }
        return value;
    }
}
