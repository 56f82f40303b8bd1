package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Writes the blocks of a user's turn, and what the other turns share with them.
final class BlockWriter {
    private final Draft draft;
    private final JsonBytes out;
    private final MediaWriter media;

    BlockWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
        this.media = new MediaWriter(draft);
    }

    /// An empty text is left out, its cache mark with it: Anthropic refuses both.
    static void text(Part.Text text, Draft draft) {
        if (!Blanks.isBlank(text.text())) {
            draft.out().objectStart().member("type", "text").member("text", text.text());
            draft.marks().block(text.cache(), draft.out());
            draft.out().objectEnd();
        }
    }

    static void refusal(Slice text, Draft draft) {
        text(new Part.Text(text, CacheMark.None), draft);
    }

    void user(Part part, int turn, int index) {
        switch (part) {
            case Part.Text text -> text(text, draft);
            case Part.Refusal(Slice text) -> refusal(text, draft);
            case Part.Image image -> media.image(image, turn, index);
            case Part.Document document -> document(document, turn, index);
            case Part.Audio _ ->
                    throw new Refusal(
                            draft.path(turn, index) + ".input_audio",
                            "unsupported_content: Messages upstreams take no audio, send a"
                                    + " transcript");
            case Part.ToolResult result -> toolResult(result, turn, index);
            case Part.SearchResult result -> searchResult(result, turn, index);
            case Part.ServerTool tool -> serverTool(tool, turn, index);
            case Part.Other(_, Slice json) -> foreign(json, turn, index);
            case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _ ->
                    draft.notes().lost(draft.path(turn, index), "only assistants say this");
        }
    }

    /// Calls and results of tools that Anthropic runs are its own, whoever brings them back.
    void serverTool(Part.ServerTool part, int turn, int index) {
        if (draft.request().source() == WireFormat.Responses) {
            foreign(part.json(), turn, index);
        } else {
            out.json(part.json());
        }
    }

    /// A part that only its own format knows.
    void foreign(Slice json, int turn, int index) {
        if (draft.request().source() == WireFormat.Messages) {
            out.json(json);
        } else {
            draft.notes().lost(draft.path(turn, index), "a part of an unknown type");
        }
    }

    private void document(Part.Document document, int turn, int index) {
        int start = out.length();
        out.objectStart().member("type", "document").name("source");
        int empty = out.length();
        media.document(document, turn, index, this);
        if (out.length() == empty) {
            out.cut(start);
            return;
        }
        if (!document.title().isEmpty()) {
            out.member("title", document.title());
        }
        if (!document.context().isEmpty()) {
            out.member("context", document.context());
        }
        if (document.citations()) {
            out.name("citations").objectStart().member("enabled", true).objectEnd();
        }
        draft.marks().block(document.cache(), out);
        out.objectEnd();
    }

    private void toolResult(Part.ToolResult result, int turn, int index) {
        out.objectStart().member("type", "tool_result").member("tool_use_id", result.id());
        List<Part> content = result.content();
        if (content.size() == 1
                && content.getFirst() instanceof Part.Text(Slice text, CacheMark cache)
                && cache == CacheMark.None) {
            if (!Blanks.isBlank(text)) {
                out.member("content", text);
            }
        } else {
            blocks("content", content, turn, index);
        }
        if (result.error()) {
            out.member("is_error", true);
        }
        draft.marks().block(result.cache(), out);
        out.objectEnd();
    }

    private void searchResult(Part.SearchResult result, int turn, int index) {
        out.objectStart()
                .member("type", "search_result")
                .member("source", result.source())
                .member("title", result.title());
        blocks("content", result.content(), turn, index);
        draft.marks().block(result.cache(), out);
        out.objectEnd();
    }

    /// A list of blocks as a member, left out when it would be empty.
    ///
    /// @param turn of the part they stand in
    /// @param index of that part
    void blocks(String member, List<Part> parts, int turn, int index) {
        int start = out.length();
        out.name(member).arrayStart();
        int empty = out.length();
        for (Part part : parts) {
            user(part, turn, index);
        }
        if (out.length() == empty) {
            out.cut(start);
        } else {
            out.arrayEnd();
        }
    }
}
