package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.EscapedUnit;
import dev.llmgateway.runtime.model.Slice;

/// A document of plain text as text that a model can tell from what surrounds it.
public final class DocumentText {
    private DocumentText() {}

    /// Adds it to the string that is being written.
    public static void write(Slice title, Slice text, JsonBytes json) {
        json.ascii("<document");
        if (!title.isEmpty()) {
            json.ascii(" title=\\\"");
            title(title, json);
            json.ascii("\\\"");
        }
        json.ascii(">\\n").raw(text).ascii("\\n</document>");
    }

    /// A title cannot end its attribute, nor look like a mark of its own.
    private static void title(Slice title, JsonBytes json) {
        int at = 0;
        while (at < title.length()) {
            int length = EscapedUnit.length(title, at);
            String entity =
                    switch (EscapedUnit.meaning(title, at)) {
                        case '"' -> "&quot;";
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        default -> "";
                    };
            if (entity.isEmpty()) {
                json.raw(title.part(at, at + length));
            } else {
                json.ascii(entity);
            }
            at += length;
        }
    }

    public static void citationsLost(Place place, RequestOutput to) {
        to.notes().lost(place.path() + ".citations", "Chat has no citations of documents");
    }
}
