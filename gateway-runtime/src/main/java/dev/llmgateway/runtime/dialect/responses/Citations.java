package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.CitedPage;
import dev.llmgateway.runtime.dialect.chat.CodeUnits;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Web pages that a part of a message cites, as `url_citation`s over the whole part. Other
/// citations have no form here.
final class Citations {
    static final Citations NONE = new Citations();

    private final List<CitedPage> pages = new ArrayList<>(1);
    private boolean lost;

    /// @param citation Anthropic's citation object, or an annotation of Chat
    void add(Slice citation) {
        CitedPage.read(citation).ifPresentOrElse(pages::add, () -> lost = true);
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
        CitedPage page = pages.get(index);
        out.objectStart().member("type", "url_citation").member("url", page.url());
        out.member("title", page.title()).member("start_index", 0);
        out.member("end_index", CodeUnits.in(text)).objectEnd();
    }
}
