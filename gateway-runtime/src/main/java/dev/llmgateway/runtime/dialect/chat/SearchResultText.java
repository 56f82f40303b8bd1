package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;

/// A search result as lines of text: title, source, content.
public final class SearchResultText {
    private SearchResultText() {}

    /// Adds it to the string that is being written.
    public static void write(
            Part.SearchResult result, Place place, JsonBytes json, RequestOutput to) {
        to.notes().lost(place.path(), "search result sent as text");
        int start = json.length();
        line(result.title(), start, json);
        line(result.source(), start, json);
        for (Part part : result.content()) {
            if (part instanceof Part.Text(Slice text, _)) {
                line(text, start, json);
            }
        }
    }

    private static void line(Slice text, int start, JsonBytes json) {
        if (!text.isEmpty()) {
            if (json.length() > start) {
                json.ascii("\\n");
            }
            json.raw(text);
        }
    }
}
