package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.chat.ChatCall.Form;
import dev.llmgateway.runtime.dialect.translation.ReplyContext;
import dev.llmgateway.runtime.dialect.translation.ReplyLosses;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// What a Chat reply shows of each block, and what of it must wait for the end.
final class ChatBlocks {
    /// What becomes of a block's deltas.
    sealed interface Shown {
        record Text() implements Shown {}

        record Thought() implements Shown {}

        record Call(ChatCall call) implements Shown {}

        record Nothing() implements Shown {}
    }

    private static final Shown TEXT = new Shown.Text();
    private static final Shown THOUGHT = new Shown.Thought();
    private static final Shown NOTHING = new Shown.Nothing();

    private final ReplyContext context;
    private final List<Shown> blocks = new ArrayList<>(4);
    private final ReplyLosses losses = new ReplyLosses();
    private final Annotations annotations = new Annotations(losses);
    private final Thoughts thoughts = new Thoughts();
    private int calls;

    ChatBlocks(ReplyContext context) {
        this.context = context;
    }

    boolean called() {
        return calls > 0;
    }

    ReplyLosses losses() {
        return losses;
    }

    Annotations annotations() {
        return annotations;
    }

    Thoughts thoughts() {
        return thoughts;
    }

    Shown open(int block, Block kind) {
        Shown shown =
                switch (kind) {
                    case Block.Text _ -> {
                        annotations.open(block);
                        yield TEXT;
                    }
                    case Block.Thinking _ -> thought(block);
                    case Block.Redacted(Slice data) -> redacted(block, data);
                    case Block.ToolCall(String id, String name) -> call(id, name, Form.Function);
                    case Block.CustomCall(String id, String name) ->
                            call(id, name, context.customTools() ? Form.Custom : Form.Wrapped);
                    case Block.ServerTool _, Block.Other _ -> NOTHING;
                };
        while (blocks.size() <= block) {
            blocks.add(NOTHING);
        }
        blocks.set(block, shown);
        return shown;
    }

    private Shown call(String id, String name, Form form) {
        return new Shown.Call(new ChatCall(calls++, id, name, form));
    }

    private Shown thought(int block) {
        if (!context.reasoning()) {
            return NOTHING;
        }
        thoughts.open(block);
        return THOUGHT;
    }

    private Shown redacted(int block, Slice data) {
        if (context.reasoning()) {
            thoughts.redacted(block, data);
        }
        return NOTHING;
    }

    Shown at(int block) {
        return block < blocks.size() ? blocks.get(block) : NOTHING;
    }

    Shown close(int block) {
        Shown shown = at(block);
        if (shown instanceof Shown.Text) {
            annotations.close(block);
        }
        if (block < blocks.size()) {
            blocks.set(block, NOTHING);
        }
        return shown;
    }
}
