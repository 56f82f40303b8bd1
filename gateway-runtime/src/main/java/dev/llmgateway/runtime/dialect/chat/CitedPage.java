package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import java.util.Optional;

/// A web page that a reply cites; escaped copies.
public record CitedPage(Slice url, Slice title) {
    /// @param citation Anthropic's citation object, or an annotation of Chat or Responses
    /// @return empty: it is of the client's own documents, which have no form at OpenAI
    public static Optional<CitedPage> read(Slice citation) {
        Slice type = Slice.EMPTY;
        Slice url = Slice.EMPTY;
        Slice title = Slice.EMPTY;
        JsonCursor json = JsonCursor.of(citation);
        boolean members = json.object();
        while (members && json.member()) {
            switch (json.key()) {
                case "type" -> type = json.string();
                case "url" -> url = json.string();
                case "title" -> title = json.string();
                case "url_citation" -> {
                    Slice inside = json.value();
                    url = JsonMembers.string(JsonCursor.of(inside), "url");
                    title = JsonMembers.string(JsonCursor.of(inside), "title");
                }
                default -> json.skip();
            }
        }
        return type.is("web_search_result_location") || type.is("url_citation")
                ? Optional.of(new CitedPage(url.copy(), title.copy()))
                : Optional.empty();
    }
}
