package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.messages.SystemPlacement.Message;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;

/// Writes `messages`.
final class TurnsWriter {
    private final Draft draft;
    private final JsonBytes out;
    private final BlockWriter blocks;
    private final ToolUseWriter calls;

    TurnsWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
        this.blocks = new BlockWriter(draft);
        this.calls = new ToolUseWriter(draft);
    }

    void write() {
        noteWhatIsNoInstruction();
        out.name("messages").arrayStart();
        int empty = out.length();
        List<Message> messages = draft.placement().messages();
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), i == messages.size() - 1);
        }
        if (out.length() == empty) {
            throw new Refusal("messages", "a Messages upstream needs a message of the user");
        }
        out.arrayEnd();
    }

    private void noteWhatIsNoInstruction() {
        List<Turn> turns = draft.request().turns();
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).role() == Role.System) {
                List<Part> parts = turns.get(i).parts();
                for (int k = 0; k < parts.size(); k++) {
                    if (!(parts.get(k) instanceof Part.Text)) {
                        draft.notes().lost(draft.path(i, k), "instructions are text only");
                    }
                }
            }
        }
    }

    private void message(Message message, boolean last) {
        int start = out.length();
        out.objectStart().member("role", name(message.role())).name("content").arrayStart();
        int empty = out.length();
        switch (message.role()) {
            case User -> user(message);
            case Assistant -> assistant(message, last);
            case System -> system(message);
        }
        if (out.length() > empty) {
            out.arrayEnd().objectEnd();
            return;
        }
        out.cut(start);
        if (message.role() == Role.User) {
            throw new Refusal(
                    draft.path(message.index()),
                    "a message is empty, which Messages upstreams refuse, leave it out");
        }
    }

    private static String name(Role role) {
        return switch (role) {
            case User -> "user";
            case Assistant -> "assistant";
            case System -> "system";
        };
    }

    private void user(Message message) {
        List<Part> parts = message.turn().parts();
        for (int i = 0; i < parts.size(); i++) {
            blocks.user(parts.get(i), message.index(), i);
        }
    }

    /// Its parts are texts; see [SystemPlacement].
    private void system(Message message) {
        for (Part part : message.turn().parts()) {
            BlockWriter.text((Part.Text) part, draft);
        }
    }

    private void assistant(Message message, boolean last) {
        List<Part> parts = message.turn().parts();
        if (!draft.target().entry().thinking().equals("N")) {
            parts.forEach(this::thought);
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean prefill = last && i == parts.size() - 1;
            spoken(parts.get(i), message.index(), i, prefill);
        }
    }

    /// Thoughts lead their turn; those that Anthropic did not sign are left out, as it would refuse
    /// them.
    private void thought(Part part) {
        if (!Thoughts.isNative(part)) {
            return;
        }
        if (part instanceof Part.Thinking(Slice text, Slice signature)) {
            out.objectStart()
                    .member("type", "thinking")
                    .member("thinking", text)
                    .member("signature", signature)
                    .objectEnd();
        } else if (part instanceof Part.RedactedThinking(Slice data)) {
            out.objectStart().member("type", "redacted_thinking").member("data", data).objectEnd();
        }
    }

    private void spoken(Part part, int turn, int index, boolean prefill) {
        switch (part) {
            case Part.Text(Slice text, var cache) ->
                    BlockWriter.text(
                            new Part.Text(prefill ? Blanks.trimmed(text) : text, cache), draft);
            case Part.Refusal(Slice text) -> BlockWriter.refusal(text, draft);
            case Part.ToolCall call -> calls.write(call, turn);
            case Part.ServerTool tool -> blocks.serverTool(tool, turn, index);
            case Part.Other(_, Slice json) -> blocks.foreign(json, turn, index);
            case Part.Thinking _, Part.RedactedThinking _ -> {
                // Stand before.
            }
            case Part.Audio _ -> lost(turn, "audio", "an assistant's audio");
            case Part.Image _ -> lost(turn, "content", "an assistant's image");
            case Part.Document _ -> lost(turn, "content", "an assistant's document");
            case Part.SearchResult _ -> lost(turn, "content", "an assistant's search result");
            case Part.ToolResult _ -> lost(turn, "content", "an assistant's tool result");
        }
    }

    private void lost(int turn, String member, String what) {
        draft.notes().lost(draft.path(turn) + "." + member, what + " has no place");
    }
}
