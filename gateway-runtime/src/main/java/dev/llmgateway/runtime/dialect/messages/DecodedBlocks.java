package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The blocks of one Messages reply: whatever numbers the upstream gives them, they are told
/// numbered densely, each opened and closed once.
final class DecodedBlocks {
    static final int NONE = -1;

    /// Blocks open at once; one more closes the oldest. Vendors never have more than one open.
    private static final int MOST_OPEN = 64;

    private final List<OpenBlock> open = new ArrayList<>(2);
    private int next;
    private boolean called;

    /// A tool call was told.
    boolean called() {
        return called;
    }

    /// @param index the upstream's number
    void open(long index, DecodedContent content, JsonCursor json, Consumer<ReplyEvent> to) {
        OpenBlock block = opened(index, content.kind(), to);
        switch (content.kind()) {
            case Block.Text _ -> {
                text(block, content.text(), to);
                citations(block, content.citations(), json, to);
            }
            case Block.Thinking _ -> {
                text(block, content.text(), to);
                block.signature = content.signature().copy();
            }
            case Block.ToolCall _ -> {
                called = true;
                input(block, content.input(), to);
            }
            case Block.Redacted _, Block.CustomCall _, Block.ServerTool _, Block.Other _ -> {}
        }
    }

    private OpenBlock opened(long index, Block kind, Consumer<ReplyEvent> to) {
        close(index, to);
        if (open.size() == MOST_OPEN) {
            close(open.getFirst().index, to);
        }
        OpenBlock block = new OpenBlock(index, next++, kind);
        open.add(block);
        to.accept(new ReplyEvent.Open(block.number, kind));
        return block;
    }

    /// Text or thoughts of a block that was never opened open one, so that nothing said is lost.
    ///
    /// @param kind text or thinking
    /// @return the block's number; [#NONE]: it is of another kind, and the delta means nothing
    int text(long index, Block kind, Slice text, Consumer<ReplyEvent> to) {
        OpenBlock known = find(index);
        OpenBlock block = known == null ? opened(index, kind, to) : known;
        return block.kind.equals(kind) ? text(block, text, to) : NONE;
    }

    /// More of a call's arguments; meaningless when they came whole as the block opened.
    int arguments(long index, Slice json, Consumer<ReplyEvent> to) {
        OpenBlock block = find(index);
        boolean call =
                block != null
                        && (block.kind instanceof Block.ToolCall
                                || block.kind instanceof Block.ServerTool);
        return block != null && call && !block.whole ? text(block, json, to) : NONE;
    }

    /// Told as the block closes: accumulators keep the last one.
    void signature(long index, Slice signature) {
        OpenBlock block = find(index);
        if (block != null && block.kind instanceof Block.Thinking) {
            block.signature = signature.copy();
        }
    }

    void citation(long index, Slice citation, Consumer<ReplyEvent> to) {
        OpenBlock block = find(index);
        if (block != null && block.kind instanceof Block.Text && !citation.isEmpty()) {
            to.accept(new ReplyEvent.Citation(block.number, citation));
        }
    }

    void close(long index, Consumer<ReplyEvent> to) {
        OpenBlock block = find(index);
        if (block == null) {
            return;
        }
        open.remove(block);
        if (!block.signature.isEmpty()) {
            to.accept(new ReplyEvent.Signature(block.number, block.signature));
        }
        to.accept(new ReplyEvent.Close(block.number));
    }

    void closeAll(Consumer<ReplyEvent> to) {
        while (!open.isEmpty()) {
            close(open.getFirst().index, to);
        }
    }

    private static int text(OpenBlock block, Slice text, Consumer<ReplyEvent> to) {
        if (!text.isEmpty()) {
            to.accept(new ReplyEvent.Delta(block.number, text));
        }
        return block.number;
    }

    private static void input(OpenBlock block, Slice input, Consumer<ReplyEvent> to) {
        if (input.isEmpty()) {
            return;
        }
        block.whole = true;
        to.accept(new ReplyEvent.Delta(block.number, JsonEscapes.quoted(input)));
    }

    private static void citations(
            OpenBlock block, Slice list, JsonCursor json, Consumer<ReplyEvent> to) {
        if (list.isEmpty() || !json.over(list).array()) {
            return;
        }
        while (json.element()) {
            to.accept(new ReplyEvent.Citation(block.number, json.value()));
        }
    }

    private @Nullable OpenBlock find(long index) {
        for (OpenBlock block : open) {
            if (block.index == index) {
                return block;
            }
        }
        return null;
    }

    private static final class OpenBlock {
        private final long index;
        private final int number;
        private final Block kind;
        private Slice signature = Slice.EMPTY;
        private boolean whole;

        OpenBlock(long index, int number, Block kind) {
            this.index = index;
            this.number = number;
            this.kind = kind;
        }
    }
}
