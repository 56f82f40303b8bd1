package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;

/// A document of plain text as text that a model can tell from what surrounds it.
final class DocumentText {
    private DocumentText() {}

    /// Adds it to the string that is being written.
    static void write(Slice title, Slice text, JsonBytes json) {
        json.ascii("<document");
        if (!title.isEmpty()) {
            json.ascii(" title=\\\"").raw(title).ascii("\\\"");
        }
        json.ascii(">\\n").raw(text).ascii("\\n</document>");
    }

    static void citationsLost(Place place, RequestOutput to) {
        to.notes().lost(place.path() + ".citations", "Chat has no citations of documents");
    }
}
