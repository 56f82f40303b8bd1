package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Part;
import java.util.List;

/// Writes the top-level `system`: what leads the conversation, what may not stay inside it, and
/// what the upstream has no parameter for.
final class SystemWriter {
    private final Draft draft;
    private final OutputWriter output;
    private final JsonBytes out;

    SystemWriter(Draft draft, OutputWriter output) {
        this.draft = draft;
        this.output = output;
        this.out = draft.out();
    }

    void write() {
        int start = out.length();
        out.name("system").arrayStart();
        int empty = out.length();
        texts(draft.request().system());
        texts(draft.placement().moved());
        output.writeInstruction();
        if (out.length() == empty) {
            out.cut(start);
        } else {
            out.arrayEnd();
        }
    }

    private void texts(List<Part.Text> texts) {
        for (Part.Text text : texts) {
            BlockWriter.text(text, draft);
        }
    }
}
