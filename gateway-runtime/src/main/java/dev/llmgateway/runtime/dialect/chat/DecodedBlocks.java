package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The blocks of one reply, opened and closed as its texts and calls come. One text is open at a
/// time; calls may be open side by side while their arguments come interleaved.
final class DecodedBlocks {
    /// What texts are.
    enum Kind {
        Text,
        Thinking,
        Refusal
    }

    /// Bytes of arguments kept for a call whose name has not come.
    private static final int MOST_HELD = 1 << 20;

    private static final int NONE = -1;

    private final RandomGenerator random;
    private final DecodedCalls calls = new DecodedCalls();
    private final Block text = new Block.Text();
    private final Block thinking = new Block.Thinking();
    private Kind kind = Kind.Text;
    private int current = NONE;
    private int opened;
    private boolean waiting;
    private boolean called;
    private boolean refused;
    private boolean nonsense;

    /// @param random makes the ids that upstreams leave out
    DecodedBlocks(RandomGenerator random) {
        this.random = random;
    }

    void say(Kind said, Slice piece, Consumer<ReplyEvent> to) {
        if (piece.isEmpty()) {
            return;
        }
        if (waiting) {
            openWaiting(null, to);
        }
        if (current == NONE || kind != said) {
            closeSettled(to);
            kind = said;
            current = opened++;
            refused |= said == Kind.Refusal;
            to.accept(new ReplyEvent.Open(current, said == Kind.Thinking ? thinking : text));
        }
        to.accept(new ReplyEvent.Delta(current, piece));
    }

    /// @param position of the fragment among those of its chunk
    void call(CallFragment fragment, int position, Consumer<ReplyEvent> to) {
        if (fragment.saysNothing()) {
            return;
        }
        DecodedCall call = calls.of(fragment, position);
        call.tell(fragment.id, fragment.name);
        waiting |= call.waits();
        argue(call, fragment.arguments, to);
        nonsense |= calls.all().size() > DecodedCalls.MOST;
    }

    /// More arguments of the call with a number, if there is one.
    void argue(long index, Slice piece, Consumer<ReplyEvent> to) {
        DecodedCall call = calls.numbered(index);
        if (call != null) {
            argue(call, piece, to);
        }
    }

    private void argue(DecodedCall call, Slice piece, Consumer<ReplyEvent> to) {
        if (waiting) {
            openWaiting(call, to);
        }
        if (piece.isEmpty()) {
            return;
        }
        if (call.waits() && call.named()) {
            open(call, to);
        }
        call.argue(piece, to);
        nonsense |= call.heldBytes() > MOST_HELD;
    }

    /// Opens the calls that waited for more of their names, but for one that may still get some.
    private void openWaiting(@Nullable DecodedCall except, Consumer<ReplyEvent> to) {
        waiting = false;
        for (int i = 0; i < calls.all().size(); i++) {
            DecodedCall call = calls.all().get(i);
            if (call.waits() && call.named() && call != except) {
                open(call, to);
            }
            waiting |= call.waits();
        }
    }

    private void open(DecodedCall call, Consumer<ReplyEvent> to) {
        closeSettled(to);
        called = true;
        if (call.id().isEmpty()) {
            call.tell(RandomIds.of(random, "call_"), "");
        }
        call.open(opened++, to);
    }

    /// Closes what is whole when another block opens.
    private void closeSettled(Consumer<ReplyEvent> to) {
        closeText(to);
        for (int i = 0; i < calls.all().size(); i++) {
            DecodedCall call = calls.all().get(i);
            if (call.complete()) {
                call.close(to);
            }
        }
    }

    private void closeText(Consumer<ReplyEvent> to) {
        if (current != NONE) {
            to.accept(new ReplyEvent.Close(current));
            current = NONE;
        }
    }

    /// Opens what waits and closes all.
    void end(Consumer<ReplyEvent> to) {
        openWaiting(null, to);
        closeText(to);
        calls.all().forEach(call -> call.close(to));
    }

    /// Number of the block opened last; 0: none was.
    int last() {
        return Math.max(0, opened - 1);
    }

    /// Whether a tool was called.
    boolean called() {
        return called;
    }

    boolean refused() {
        return refused;
    }

    /// Whether the arguments of a call break off.
    boolean cut() {
        return calls.all().stream().anyMatch(DecodedCall::cut);
    }

    /// Whether more calls came, or more arguments without a name, than a model makes.
    boolean nonsense() {
        return nonsense;
    }

    /// Whether a call has not got a name so far.
    boolean nameless() {
        return calls.all().stream().anyMatch(call -> call.waits() && !call.named());
    }
}
