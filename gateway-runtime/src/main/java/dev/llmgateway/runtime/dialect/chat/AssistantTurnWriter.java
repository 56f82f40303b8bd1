package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// An assistant's turn as one message: all text as one string, then its calls.
final class AssistantTurnWriter {
    private final List<Part> parts;
    private final int message;
    private final RequestOutput to;
    private final JsonBytes json;

    private AssistantTurnWriter(List<Part> parts, int message, RequestOutput to) {
        this.parts = parts;
        this.message = message;
        this.to = to;
        this.json = to.json();
    }

    static void write(List<Part> parts, int message, RequestOutput to) {
        AssistantTurnWriter turn = new AssistantTurnWriter(parts, message, to);
        int summaries = turn.summaries();
        if (summaries == 0 || summaries < parts.size()) {
            turn.message();
        }
    }

    /// Summaries of what was said before go ahead of the turn, as text of the user.
    private int summaries() {
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (isSummary(parts.get(i))) {
                Part.Other block = (Part.Other) parts.get(i);
                UserTurnWriter.plain(
                        Compaction.text(block.json(), Place.of(parts, message, i, to)), json);
                count++;
            }
        }
        return count;
    }

    private static boolean isSummary(Part part) {
        return part instanceof Part.Other(String type, _) && type.equals("compaction");
    }

    private void message() {
        json.objectStart().member("role", "assistant");
        losses();
        boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        if (calls && parts.stream().noneMatch(AssistantTurnWriter::hasText)) {
            json.name("content").nullValue();
        } else {
            content();
        }
        refusal();
        reasoning();
        if (calls) {
            json.name("tool_calls").arrayStart();
            parts.forEach(this::call);
            json.arrayEnd();
        }
        json.objectEnd();
    }

    private static boolean hasText(Part part) {
        return switch (part) {
            case Part.Text(Slice text, _) -> !text.isEmpty();
            case Part.ServerTool _ -> true;
            case Part.Refusal _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.SearchResult _,
                    Part.Other _ ->
                    false;
        };
    }

    private void losses() {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            switch (part) {
                case Part.ServerTool _ -> lost(i, "provider's tool kept as text");
                case Part.Image _,
                        Part.Document _,
                        Part.Audio _,
                        Part.ToolResult _,
                        Part.SearchResult _ ->
                        lost(i, "not possible in an assistant message");
                case Part.Other(String type, _) -> {
                    if (!isSummary(part)) {
                        lost(i, "no such part: " + FieldName.of(type));
                    }
                }
                case Part.Text _,
                        Part.Refusal _,
                        Part.Thinking _,
                        Part.RedactedThinking _,
                        Part.ToolCall _ -> {}
            }
        }
    }

    private void lost(int block, String reason) {
        to.notes().lost(Place.of(parts, message, block, to).path(), reason);
    }

    /// Texts follow each other as they are; what a provider's tool did stands on lines of its own.
    private void content() {
        to.quote("content");
        int start = json.length();
        boolean noted = false;
        for (Part part : parts) {
            if (part instanceof Part.Text(Slice text, _) && !text.isEmpty()) {
                newLine(noted);
                json.raw(text);
                noted = false;
            } else if (part instanceof Part.ServerTool tool) {
                int before = json.length();
                newLine(before > start);
                int note = json.length();
                ServerToolNote.write(tool, parts, to);
                boolean written = json.length() > note;
                json.cut(written ? json.length() : before);
                noted |= written;
            }
        }
        to.endQuote();
    }

    private void newLine(boolean wanted) {
        if (wanted) {
            json.ascii("\\n");
        }
    }

    private void refusal() {
        if (parts.stream().noneMatch(Part.Refusal.class::isInstance)) {
            return;
        }
        to.quote("refusal");
        for (Part part : parts) {
            if (part instanceof Part.Refusal(Slice text)) {
                json.raw(text);
            }
        }
        to.endQuote();
    }

    /// Some models want their own thoughts back, as text.
    private void reasoning() {
        if (!to.target().entry().echoReasoning()
                || parts.stream().noneMatch(Part.Thinking.class::isInstance)) {
            return;
        }
        to.quote("reasoning_content");
        int start = json.length();
        for (Part part : parts) {
            if (part instanceof Part.Thinking(Slice text, _)) {
                json.ascii(json.length() > start ? "\\n\\n" : "").raw(text);
            }
        }
        to.endQuote();
    }

    private void call(Part part) {
        if (part instanceof Part.ToolCall call) {
            ToolCallWriter.write(call, to);
        }
    }
}
