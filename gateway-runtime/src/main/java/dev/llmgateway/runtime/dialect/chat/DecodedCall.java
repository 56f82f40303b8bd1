package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;

/// A call of a tool as it comes together: waiting for its id, its name and the first of its
/// arguments, then open, then closed.
final class DecodedCall {
    private enum State {
        Waiting,
        Open,
        Closed
    }

    /// As the upstream numbers it; negative: not numbered.
    final long index;

    private final boolean custom;
    private final ArgumentsDepth depth = new ArgumentsDepth();
    private final JsonBytes held = new JsonBytes();
    private State state = State.Waiting;
    private String id = "";
    private String name = "";
    private int block;
    private boolean argued;

    /// @param custom of a tool that takes free text
    DecodedCall(long index, boolean custom) {
        this.index = index;
        this.custom = custom;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    boolean waits() {
        return state == State.Waiting;
    }

    boolean named() {
        return !name.isEmpty();
    }

    /// Whether its arguments are whole.
    boolean complete() {
        return !custom && depth.complete();
    }

    /// Whether its arguments break off.
    boolean cut() {
        return depth.cut();
    }

    /// Whether a fragment that does not tell this call's id begins another call.
    ///
    /// @param otherId empty: none told
    boolean isFollowedBy(String otherId, String otherName) {
        if (otherName.isEmpty()) {
            return false;
        }
        boolean others = argued && !otherName.equals(name);
        return complete() || others || (!argued && !otherId.isEmpty());
    }

    /// The first id stays. Fragments of a name are joined, unless they repeat it whole.
    void tell(String moreId, String moreName) {
        if (!waits()) {
            return;
        }
        if (id.isEmpty()) {
            id = moreId;
        }
        if (!moreName.equals(name)) {
            name += moreName;
        }
    }

    /// What follows whole arguments is noise and left out.
    void argue(Slice piece, Consumer<ReplyEvent> to) {
        if (state == State.Closed || complete()) {
            return;
        }
        argued = true;
        if (!custom) {
            depth.read(piece);
        }
        if (waits()) {
            held.raw(piece);
        } else {
            to.accept(new ReplyEvent.Delta(block, piece));
        }
    }

    /// Bytes of arguments that wait for a name.
    int heldBytes() {
        return held.length();
    }

    void open(int number, Consumer<ReplyEvent> to) {
        state = State.Open;
        block = number;
        Block kind = custom ? new Block.CustomCall(id, name) : new Block.ToolCall(id, name);
        to.accept(new ReplyEvent.Open(block, kind));
        if (!held.isEmpty()) {
            to.accept(new ReplyEvent.Delta(block, held.slice()));
        }
    }

    void close(Consumer<ReplyEvent> to) {
        if (state == State.Open) {
            state = State.Closed;
            to.accept(new ReplyEvent.Close(block));
        }
    }
}
