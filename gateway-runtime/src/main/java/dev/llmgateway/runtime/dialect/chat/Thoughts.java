package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// Thinking that a client must send back unchanged, each block with its own signature: our
/// extension `reasoning_details` (translation.md 3.5). Thoughts without a signature are not worth
/// sending back, since Anthropic does not take them.
final class Thoughts {
    private final List<Thought> thoughts = new ArrayList<>(0);

    void open(int block) {
        thoughts.add(new Thought(block, "reasoning.text"));
    }

    void redacted(int block, Slice data) {
        Thought thought = new Thought(block, "reasoning.encrypted");
        thought.text.raw(data);
        thoughts.add(thought);
    }

    void text(int block, Slice text) {
        for (Thought thought : thoughts) {
            if (thought.block == block) {
                thought.text.raw(text);
            }
        }
    }

    void sign(int block, Slice signature) {
        for (Thought thought : thoughts) {
            if (thought.block == block) {
                thought.signature = signature.copy();
            }
        }
    }

    /// Adds them as a member; nothing when there are none.
    void write(JsonBytes out) {
        int index = 0;
        for (Thought thought : thoughts) {
            boolean encrypted = thought.type.equals("reasoning.encrypted");
            if (!encrypted && thought.signature.isEmpty()) {
                continue;
            }
            if (index == 0) {
                out.name("reasoning_details").arrayStart();
            }
            out.objectStart().member("type", thought.type);
            out.member(encrypted ? "data" : "text", thought.text.slice());
            if (!encrypted) {
                out.member("signature", thought.signature);
            }
            out.member("index", index++).objectEnd();
        }
        if (index > 0) {
            out.arrayEnd();
        }
    }

    private static final class Thought {
        private final int block;
        private final String type;
        private final JsonBytes text = new JsonBytes();
        private Slice signature = Slice.EMPTY;

        Thought(int block, String type) {
            this.block = block;
            this.type = type;
        }
    }
}
