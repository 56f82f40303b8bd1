package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Content of a message, or what a tool has put out: a string, or a list of parts.
final class ContentReader {
    private ContentReader() {}

    static List<Part> read(BodyReader body, FieldPath field) {
        return switch (body.json().kind()) {
            case Null -> {
                body.json().skip();
                yield List.of();
            }
            case String -> text(body.json().string());
            case Array -> parts(body, field);
            case Object, Number, True, False ->
                    throw BodyReader.refusal(field, "must be a string or a list of parts");
        };
    }

    /// The same, and any other JSON as the text it is: tools put out what they like.
    static List<Part> output(BodyReader body, FieldPath field) {
        JsonKind kind = body.json().kind();
        if (kind == JsonKind.Array || kind == JsonKind.String || kind == JsonKind.Null) {
            return read(body, field);
        }
        return text(JsonEscapes.quoted(body.json().value()));
    }

    private static List<Part> text(Slice text) {
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text, CacheMark.None));
    }

    private static List<Part> parts(BodyReader body, FieldPath field) {
        List<Part> parts = new ArrayList<>();
        body.list(field);
        for (int i = 0; body.json().element(); i++) {
            parts.add(new PartReader(body, field.element(i)).read());
        }
        return parts;
    }
}
