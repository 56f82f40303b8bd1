package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.sse.SseFrames;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Passes whole frames on, byte for byte but for the model's name, and holds an incomplete tail
/// back. Buffers go on as they came, without a copy, unless a name changes in them.
final class SseTap implements ReplyTap {
    /// Bytes of one frame (translation.md 4.0).
    static final int MAX_FRAME = 8 << 20;

    private static final Span NOWHERE = new Span(0, 0);

    private final StreamReader reader;
    private final StreamFacts facts;
    private final @Nullable MemberFinder finder;
    private final @Nullable MemberFinder idFinder;
    private final @Nullable UnaryOperator<String> ids;
    private final Splices splices = new Splices();
    private final SseFrames frames = new SseFrames();
    private final SseFrame frame = new SseFrame();
    private @Nullable ByteBuf held;
    private boolean broken;

    /// @param clientModel the name to show; null: the upstream's stays
    /// @param ids gives the id to show of a reply's own; null: that stays
    SseTap(
            StreamReader reader,
            UsageTally tally,
            @Nullable String clientModel,
            @Nullable UnaryOperator<String> ids) {
        this.reader = reader;
        this.facts = new StreamFacts(tally);
        this.finder = clientModel == null ? null : new MemberFinder(reader.modelParent(), "model");
        this.ids = ids;
        this.idFinder = ids == null ? null : new MemberFinder(reader.modelParent(), "id");
        if (clientModel != null) {
            splices.replacement(JsonText.escapedBytes(clientModel));
        }
    }

    @Override
    public ByteBuf pass(ByteBuf payload) {
        if (facts.ended() || broken) {
            payload.release();
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf head = held;
        if (head == null) {
            return whole(payload);
        }
        int from = payload.readerIndex();
        int end = frames.next(payload, from, payload.writerIndex());
        int until = end < 0 ? payload.writerIndex() : end;
        if (exceeds(head.readableBytes() + until - from)) {
            payload.release();
            return Unpooled.EMPTY_BUFFER;
        }
        head.writeBytes(payload, from, until - from);
        if (end < 0) {
            payload.release();
            return Unpooled.EMPTY_BUFFER;
        }
        held = null;
        splices.clear();
        read(head, head.readerIndex(), head.writerIndex());
        if (broken) {
            payload.release();
            return dropped(head);
        }
        ByteBuf first = splices.apply(head);
        payload.readerIndex(end);
        return joined(first, facts.ended() ? dropped(payload) : whole(payload));
    }

    /// The whole frames at the front of a payload; what follows them is held.
    private ByteBuf whole(ByteBuf payload) {
        int from = payload.readerIndex();
        int end = payload.writerIndex();
        int at = from;
        splices.clear();
        while (at < end && !facts.ended()) {
            int next = frames.next(payload, at, end);
            if (next < 0) {
                hold(payload, at, end);
                break;
            }
            read(payload, at, next);
            if (broken) {
                break;
            }
            at = next;
        }
        if (at == from) {
            return dropped(payload);
        }
        payload.writerIndex(at);
        return splices.apply(payload);
    }

    private void read(ByteBuf buffer, int from, int end) {
        frame.read(buffer, from, end);
        if (frame.looksBroken()) {
            broken = true;
            return;
        }
        reader.read(frame, facts);
        if ((finder != null || idFinder != null) && reader.namesModel(frame)) {
            splice(buffer);
        }
    }

    /// Cuts come in the order of their places.
    private void splice(ByteBuf buffer) {
        Span model = found(finder);
        Span id = found(idFinder);
        boolean idFirst = id.start() < model.start();
        if (idFirst) {
            id(id, buffer);
        }
        if (model.length() > 0) {
            splices.replace(model.start(), model.end());
        }
        if (!idFirst) {
            id(id, buffer);
        }
    }

    /// Empty: it is not there, or says nothing.
    private Span found(@Nullable MemberFinder wanted) {
        return wanted != null && wanted.find(frame)
                ? new Span(wanted.start(), wanted.end())
                : NOWHERE;
    }

    private void id(Span place, ByteBuf buffer) {
        UnaryOperator<String> shown = ids;
        if (shown != null && place.length() > 0) {
            String id = buffer.toString(place.start(), place.length(), UTF_8);
            splices.replace(place.start(), place.end(), JsonText.escapedBytes(shown.apply(id)));
        }
    }

    private void hold(ByteBuf payload, int from, int end) {
        if (!exceeds(end - from)) {
            ByteBuf tail = payload.alloc().buffer(Math.max(512, 2 * (end - from)));
            held = tail.writeBytes(payload, from, end - from);
        }
    }

    private boolean exceeds(int bytes) {
        if (bytes > MAX_FRAME) {
            broken = true;
            release();
        }
        return broken;
    }

    private static ByteBuf dropped(ByteBuf payload) {
        payload.release();
        return Unpooled.EMPTY_BUFFER;
    }

    private static ByteBuf joined(ByteBuf first, ByteBuf second) {
        return second.isReadable() ? Unpooled.wrappedBuffer(first, second) : first;
    }

    @Override
    public ByteBuf finish() {
        ByteBuf tail = held;
        if (tail == null || facts.ended()) {
            return Unpooled.EMPTY_BUFFER;
        }
        held = null;
        frame.read(tail, tail.readerIndex(), tail.writerIndex());
        if (!isWhole()) {
            return dropped(tail);
        }
        byte last = tail.getByte(tail.writerIndex() - 1);
        String missing = last == '\n' ? "\n" : last == '\r' ? "\r" : "\n\n";
        for (int i = 0; i < missing.length(); i++) {
            tail.writeByte(missing.charAt(i));
        }
        splices.clear();
        read(tail, tail.readerIndex(), tail.writerIndex());
        return splices.apply(tail);
    }

    /// Whether the frame lacks nothing but its blank line.
    private boolean isWhole() {
        return frame.lines() > 0
                && (frame.dataIs("[DONE]")
                        || TolerantJson.object(frame.data(), (_, json) -> json.skipChildren()));
    }

    @Override
    public boolean ended() {
        return facts.ended();
    }

    @Override
    public boolean endedEnough() {
        return facts.endedEnough();
    }

    @Override
    public boolean broken() {
        return broken;
    }

    @Override
    public Usage usage() {
        return facts.tally.usage();
    }

    @Override
    public boolean sawError() {
        return facts.sawError();
    }

    @Override
    public String errorKind() {
        return facts.errorKind();
    }

    @Override
    public OptionalLong errorWait() {
        return facts.errorWait();
    }

    @Override
    public boolean sawContent() {
        return facts.sawContent();
    }

    @Override
    public int contents() {
        return facts.contents();
    }

    @Override
    public StreamPosition position() {
        StreamPosition position = facts.position();
        UnaryOperator<String> shown = ids;
        return shown == null || position.responseId().isEmpty()
                ? position
                : new StreamPosition(shown.apply(position.responseId()), position.nextSequence());
    }

    @Override
    public void release() {
        ByteBuf tail = held;
        if (tail != null) {
            held = null;
            tail.release();
        }
    }
}
