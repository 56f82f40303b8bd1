package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Web pages a reply cites, each with the place of the text block that cites it in the whole text
/// (translation.md 3.4). Citations of the client's own documents have no form here.
final class Annotations {
    private final Map<Integer, Integer> starts = new HashMap<>();
    private final List<Cited> cited = new ArrayList<>(0);
    private final ReplyLosses losses;
    private int length;

    Annotations(ReplyLosses losses) {
        this.losses = losses;
    }

    void open(int block) {
        starts.put(block, length);
    }

    void text(Slice text) {
        length += CodeUnits.in(text);
    }

    /// @param citation Anthropic's citation object, or an annotation of Responses, which counts
    ///   inside its block
    void cite(int block, Slice citation) {
        CitedPage.read(citation)
                .ifPresentOrElse(
                        page -> cited.add(new Cited(block, page, starts.getOrDefault(block, 0))),
                        () ->
                                losses.lost(
                                        "annotations",
                                        "citations of documents have no form in Chat"));
    }

    void close(int block) {
        starts.remove(block);
        for (Cited one : cited) {
            if (one.block == block) {
                one.end = length;
            }
        }
    }

    /// Adds them as a member; nothing when there are none.
    void write(JsonBytes out) {
        if (cited.isEmpty()) {
            return;
        }
        out.name("annotations").arrayStart();
        for (Cited one : cited) {
            out.objectStart().member("type", "url_citation").name("url_citation").objectStart();
            out.member("url", one.page.url()).member("title", one.page.title());
            out.member("start_index", one.start).member("end_index", one.end);
            out.objectEnd().objectEnd();
        }
        out.arrayEnd();
    }

    private static final class Cited {
        private final int block;
        private final CitedPage page;
        private final int start;
        private int end;

        Cited(int block, CitedPage page, int start) {
            this.block = block;
            this.page = page;
            this.start = start;
        }
    }
}
