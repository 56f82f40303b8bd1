package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.Compaction;
import dev.llmgateway.runtime.dialect.chat.Place;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.chat.ServerToolNote;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.FieldName;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// An assistant's turn as items in the order of its parts: texts in a row are one message, which is
/// a plain string, since strict servers want ids of typed ones (translation.md 2.3).
final class AssistantWriter {
    private final List<Part> said;
    private final int turn;
    private final RequestOutput to;
    private final JsonBytes json;
    private boolean open;

    AssistantWriter(List<Part> said, int turn, RequestOutput to) {
        this.said = said;
        this.turn = turn;
        this.to = to;
        this.json = to.json();
    }

    void write() {
        for (int i = 0; i < said.size(); i++) {
            part(said.get(i), i);
        }
        close();
    }

    private void part(Part part, int index) {
        switch (part) {
            case Part.Text(Slice text, _) -> text(text);
            case Part.Refusal(Slice text) -> text(text);
            case Part.Thinking(Slice text, Slice signature) -> reasoning(text, signature);
            case Part.ToolCall call -> {
                close();
                call(call);
            }
            case Part.ServerTool tool -> note(tool, index);
            case Part.Other(String type, Slice block) -> other(type, block, index);
            case Part.RedactedThinking _ -> {}
            case Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.ToolResult _,
                    Part.SearchResult _ ->
                    lost(index, "not possible in an assistant message");
        }
    }

    private void lost(int index, String reason) {
        to.notes().lost(Place.of(said, turn, index, to).path(), reason);
    }

    private void text(Slice text) {
        if (!text.isEmpty()) {
            open();
            json.raw(text);
        }
    }

    private void open() {
        if (!open) {
            open = true;
            json.objectStart().member("type", "message").member("role", "assistant");
            to.quote("content");
        }
    }

    private void close() {
        if (open) {
            open = false;
            to.endQuote();
            json.objectEnd();
        }
    }

    /// On a line of its own.
    private void note(Part.ServerTool tool, int index) {
        lost(index, "provider's tool kept as text");
        int start = json.length();
        boolean begins = !open;
        open();
        json.ascii(begins ? "" : "\\n");
        int empty = json.length();
        ServerToolNote.write(tool, said, to);
        if (json.length() == empty) {
            json.cut(start);
            open = !begins;
        } else {
            json.ascii("\\n");
        }
    }

    /// A summary stands for what was said before.
    private void other(String type, Slice block, int index) {
        if (!type.equals("compaction")) {
            lost(index, "no such part: " + FieldName.of(type));
            return;
        }
        close();
        Slice summary = Compaction.text(block, Place.of(said, turn, index, to));
        json.objectStart().member("type", "message").member("role", "user");
        json.member("content", summary).objectEnd();
    }

    /// Reasoning of the account that is asked goes back exactly as it came; all other thoughts mean
    /// nothing to OpenAI.
    private void reasoning(Slice text, Slice signature) {
        ReasoningCarrier.read(ReasoningCarrier.REASONING, signature)
                .filter(carrier -> carrier.account().equals(to.target().account()))
                .filter(carrier -> carrier.model().equals(to.target().model()))
                .filter(carrier -> carrier.values().size() >= 2)
                .ifPresent(carrier -> reasoning(carrier, text));
    }

    private void reasoning(ReasoningCarrier carrier, Slice text) {
        Slice id = JsonCursor.of(carrier.values().get(0)).string();
        Slice encrypted = JsonCursor.of(carrier.values().get(1)).string();
        if (id.isEmpty() || encrypted.isEmpty()) {
            return;
        }
        close();
        json.objectStart().member("type", "reasoning").member("id", id);
        json.name("summary").arrayStart();
        if (!text.isEmpty()) {
            boolean several = carrier.values().size() > 2;
            Slice lengths = several ? carrier.values().get(2) : Slice.of("[]");
            SummaryParts.of(text, lengths).forEach(part -> ItemJson.summary(part, json));
        }
        json.arrayEnd().member("encrypted_content", encrypted).objectEnd();
    }

    private void call(Part.ToolCall call) {
        boolean custom = call.arguments() instanceof Arguments.Text;
        json.objectStart().member("type", custom ? "custom_tool_call" : "function_call");
        json.member("call_id", call.id()).member("name", call.name());
        switch (call.arguments()) {
            case Arguments.Value(Slice value) -> {
                to.quote("arguments");
                to.compacted(value);
                to.endQuote();
            }
            case Arguments.Quoted(Slice escaped) -> json.member("arguments", escaped);
            case Arguments.Text(Slice escaped) -> json.member("input", escaped);
        }
        json.objectEnd();
    }
}
