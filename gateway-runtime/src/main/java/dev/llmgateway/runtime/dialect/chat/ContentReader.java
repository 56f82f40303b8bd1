package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// What a message says: a string, or a list of parts.
final class ContentReader {
    private ContentReader() {}

    /// Empty strings are left out: they say nothing in any format.
    static List<Part> read(BodyReader body, FieldPath field) {
        return switch (body.json().kind()) {
            case Null -> {
                body.json().skip();
                yield List.of();
            }
            case String -> said(body.json().string());
            case Array -> parts(body, field);
            case Object, Number, True, False ->
                    throw BodyReader.refusal(field, "must be a string or a list of parts");
        };
    }

    /// The same for a value that was set aside.
    static List<Part> read(BodyReader body, Slice value, FieldPath field) {
        return value.isEmpty() ? List.of() : read(body.over(value, field), field);
    }

    private static List<Part> said(Slice text) {
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text, CacheMark.None));
    }

    private static List<Part> parts(BodyReader body, FieldPath field) {
        List<Part> parts = new ArrayList<>();
        body.json().array();
        for (int i = 0; body.json().element(); i++) {
            Part part = new PartReader(body, field.element(i)).read();
            if (!(part instanceof Part.Text(Slice text, _)) || !text.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
