package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The blocks of one reply, opened and closed as its items come (translation.md 4.2). One text or
/// thought is open at a time; calls may be open side by side.
final class DecodedItems {
    /// More items than a model makes: what comes behind them is nonsense.
    private static final int MOST = 4_096;

    private static final Block TEXT = new Block.Text();
    private static final Block THINKING = new Block.Thinking();
    private static final Slice GAP = Slice.of("\\n\\n");
    private static final Slice NULL = Slice.of("null");

    private final Origin origin;
    private final Map<Long, DecodedItem> items = new HashMap<>();
    private @Nullable DecodedItem speaking;
    private int blocks;
    private boolean called;
    private boolean refused;
    private boolean said;

    DecodedItems(Origin origin) {
        this.origin = origin;
    }

    DecodedItem of(long index) {
        return items.computeIfAbsent(index, _ -> new DecodedItem());
    }

    boolean nonsense() {
        return items.size() > MOST;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /// Whether a tool was called.
    boolean called() {
        return called;
    }

    /// Whether there was a refusal and no other text.
    boolean refused() {
        return refused && !said;
    }

    void added(DecodedItem item, ItemFacts facts, Consumer<ReplyEvent> to) {
        if (!item.type.isEmpty()) {
            return;
        }
        item.type = facts.type();
        item.id = facts.id();
        if (isCall(item)) {
            call(item, facts, to);
        }
    }

    private static boolean isCall(DecodedItem item) {
        return item.type.equals("function_call") || item.type.equals("custom_tool_call");
    }

    private void call(DecodedItem item, ItemFacts facts, Consumer<ReplyEvent> to) {
        closeSpeaking(to);
        called = true;
        item.begin(blocks++, 0);
        Block kind =
                item.type.equals("function_call")
                        ? new Block.ToolCall(facts.callId(), facts.name())
                        : new Block.CustomCall(facts.callId(), facts.name());
        to.accept(new ReplyEvent.Open(item.block, kind));
    }

    void text(DecodedItem item, long part, Slice piece, boolean refusal, Consumer<ReplyEvent> to) {
        if (piece.isEmpty()) {
            return;
        }
        refused |= refusal;
        said |= !refusal;
        if (item.block == DecodedItem.NONE || item.part != part) {
            open(item, part, TEXT, to);
        }
        tell(item, piece, to);
    }

    /// @param tokens of the text that comes next
    void likely(Slice tokens, Consumer<ReplyEvent> to) {
        if (!tokens.isEmpty()) {
            to.accept(new ReplyEvent.Probabilities(tokens));
        }
    }

    private void open(DecodedItem item, long part, Block kind, Consumer<ReplyEvent> to) {
        close(item, to);
        closeSpeaking(to);
        speaking = item;
        item.begin(blocks++, part);
        to.accept(new ReplyEvent.Open(item.block, kind));
    }

    void thought(DecodedItem item, long part, Slice piece, Consumer<ReplyEvent> to) {
        if (piece.isEmpty()) {
            return;
        }
        if (item.block == DecodedItem.NONE) {
            open(item, part, THINKING, to);
        } else if (item.part != part) {
            item.part = part;
            item.anew();
            to.accept(new ReplyEvent.Delta(item.block, GAP));
        }
        tell(item, piece, to);
    }

    void argument(DecodedItem item, Slice piece, Consumer<ReplyEvent> to) {
        if (isCall(item) && item.block != DecodedItem.NONE && !piece.isEmpty()) {
            tell(item, piece, to);
        }
    }

    private static void tell(DecodedItem item, Slice piece, Consumer<ReplyEvent> to) {
        item.told(piece);
        to.accept(new ReplyEvent.Delta(item.block, piece));
    }

    void cite(DecodedItem item, Slice annotation, Consumer<ReplyEvent> to) {
        if (item.block != DecodedItem.NONE && !annotation.isEmpty()) {
            to.accept(new ReplyEvent.Citation(item.block, annotation));
        }
    }

    /// The item is whole: tells what of it was not, and closes it.
    void done(DecodedItem item, ItemFacts facts, Consumer<ReplyEvent> to) {
        added(item, facts, to);
        switch (item.type) {
            case "message" -> {
                if (item.opened == 0) {
                    new ContentReplay(this, item).message(facts.content(), to);
                }
            }
            case "reasoning" -> reasoning(item, facts, to);
            case "function_call", "custom_tool_call" -> {
                if (item.block != DecodedItem.NONE) {
                    argument(item, item.missing(facts.arguments()), to);
                }
            }
            default -> {
                // What others do not know.
            }
        }
        close(item, to);
    }

    private void reasoning(DecodedItem item, ItemFacts facts, Consumer<ReplyEvent> to) {
        if (item.opened == 0) {
            new ContentReplay(this, item).thoughts(facts.summary(), to);
        }
        if (item.opened == 0 && !facts.encrypted().isEmpty()) {
            open(item, 0, THINKING, to);
        }
        if (item.block != DecodedItem.NONE) {
            to.accept(new ReplyEvent.Signature(item.block, signature(item, facts)));
        }
    }

    private Slice signature(DecodedItem item, ItemFacts facts) {
        JsonBytes id = new JsonBytes();
        id.value(item.id);
        JsonBytes content = new JsonBytes();
        content.string(facts.encrypted());
        List<Slice> values = new ArrayList<>(3);
        values.add(id.slice());
        values.add(facts.encrypted().isEmpty() ? NULL : content.slice());
        Slice lengths = SummaryParts.lengths(facts.summary());
        if (!lengths.isEmpty()) {
            values.add(lengths);
        }
        JsonBytes out = new JsonBytes();
        ReasoningCarrier.write(ReasoningCarrier.REASONING, origin, values, out);
        return out.slice();
    }

    void close(DecodedItem item, Consumer<ReplyEvent> to) {
        if (item.block != DecodedItem.NONE) {
            to.accept(new ReplyEvent.Close(item.block));
            item.block = DecodedItem.NONE;
        }
        if (item.equals(speaking)) {
            speaking = null;
        }
    }

    private void closeSpeaking(Consumer<ReplyEvent> to) {
        DecodedItem current = speaking;
        if (current != null) {
            close(current, to);
        }
    }

    /// Closes all, in the order of their blocks.
    void end(Consumer<ReplyEvent> to) {
        items.values().stream()
                .filter(item -> item.block != DecodedItem.NONE)
                .sorted((one, other) -> Integer.compare(one.block, other.block))
                .forEach(item -> close(item, to));
    }

    /// Tells a list of whole items.
    void replay(Slice output, Consumer<ReplyEvent> to) {
        JsonCursor json = JsonCursor.of(output);
        if (json.array()) {
            for (long index = 0; json.element() && !nonsense(); index++) {
                done(of(index), ItemFacts.read(json.value()), to);
            }
        }
    }
}
