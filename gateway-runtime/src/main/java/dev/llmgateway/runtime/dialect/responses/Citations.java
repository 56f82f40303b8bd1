package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.CodeUnits;
import dev.llmgateway.runtime.dialect.chat.JsonMembers;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Web pages that a part of a message cites, as `url_citation`s over the whole part. Other
/// citations have no form here.
final class Citations {
    static final Citations NONE = new Citations();

    private final List<Page> pages = new ArrayList<>(1);
    private boolean lost;

    private record Page(Slice url, Slice title) {}

    /// @param citation Anthropic's citation object, or an annotation of Chat
    void add(Slice citation) {
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
                    url = member(inside, "url");
                    title = member(inside, "title");
                }
                default -> json.skip();
            }
        }
        if (type.is("web_search_result_location") || type.is("url_citation")) {
            pages.add(new Page(url.copy(), title.copy()));
        } else {
            lost = true;
        }
    }

    private static Slice member(Slice object, String name) {
        return JsonMembers.string(JsonCursor.of(object), name);
    }

    /// Whether something cited has no form here.
    boolean lost() {
        return lost;
    }

    int count() {
        return pages.size();
    }

    /// One annotation object.
    ///
    /// @param text of the part, escaped
    void write(int index, Slice text, JsonBytes out) {
        Page page = pages.get(index);
        out.objectStart().member("type", "url_citation").member("url", page.url);
        out.member("title", page.title).member("start_index", 0);
        out.member("end_index", CodeUnits.in(text)).objectEnd();
    }
}
