package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// The body of one request on its way in: charged, decoded where it is coded, shown to the consumer
/// as it arrives, collected. What has no room, or would keep the loop too long, waits here, and so
/// does the connection behind it.
final class BodyIntake {
    /// Decoded bytes after which other requests have their turn: a few milliseconds of work.
    private static final long TURN = 1 << 20;

    /// So many in line differ in their patience.
    private static final int MOST_STEPS = 8;

    private static final int NO_PLACE = -1;

    private final RequestIntake request;
    private final ClientConnection connection;
    private final RequestConsumer consumer;
    private final BodyBuffer buffer;
    private final long declared;
    private @Nullable BodyCoding coding;
    private @Nullable ByteBuf input;
    private Loop.@Nullable Cancellable patience;
    private long waitedMillis;
    private long waitsSince;
    private int place = NO_PLACE;
    private boolean last;
    private boolean begun;
    private boolean opening;
    private boolean over;

    /// @param declared length on the wire; -1: unknown
    BodyIntake(
            RequestIntake request,
            ClientConnection connection,
            RequestConsumer consumer,
            ContentCoding named,
            long declared) {
        this.request = request;
        this.connection = connection;
        this.consumer = consumer;
        this.declared = declared;
        BodyBudget budget = connection.loop().budget();
        boolean plain = named == ContentCoding.Identity || named == ContentCoding.Unknown;
        this.buffer =
                new BodyBuffer(
                        budget,
                        budget.share(consumer.holder()),
                        connection.allocator(),
                        plain ? declared : -1);
        this.coding = plain ? null : new BodyCoding(named, connection);
    }

    /// Finds room for a body whose length is known, before anything of it is read: a body half
    /// here, waiting for room that others half here hold, would help nobody.
    void open() {
        opening = true;
        advance();
    }

    /// Takes what just arrived, ownership with it; nothing else until this is used up.
    void take(ByteBuf bytes, boolean isLast) {
        input = joined(bytes);
        last = isLast;
        advance();
    }

    /// Goes on with what waited for room or for its turn, if it can, and then with the connection.
    void proceed() {
        if (!over && advance()) {
            connection.unblocked();
        }
    }

    /// Whether all that came is used up and the body goes on.
    private boolean advance() {
        if (opening && !opened()) {
            return false;
        }
        ByteBuf bytes = input;
        return (bytes == null || used(bytes)) && !over;
    }

    private boolean opened() {
        if (coding == null && declared > 0 && !buffer.claim(declared)) {
            await();
            return false;
        }
        opening = false;
        granted();
        request.ready();
        return !over;
    }

    /// Whether the input is used up and the request goes on.
    private boolean used(ByteBuf bytes) {
        if (!begun && coding == null && !sniffed(bytes)) {
            return false;
        }
        begun |= bytes.isReadable();
        BodyCoding coded = coding;
        return coded == null ? kept(bytes) : decoded(coded, bytes);
    }

    /// Whether it is known by now if the body is zstd in spite of its head; bytes too few to tell
    /// stay for the next ones.
    private boolean sniffed(ByteBuf bytes) {
        ContentCoding.Magic magic = ContentCoding.Magic.of(bytes);
        if (magic == ContentCoding.Magic.Yes) {
            coding = new BodyCoding(ContentCoding.Zstd, connection);
        }
        return magic != ContentCoding.Magic.Maybe || last || !bytes.isReadable();
    }

    private ByteBuf joined(ByteBuf bytes) {
        ByteBuf before = input;
        return before == null ? bytes : Unpooled.wrappedBuffer(before, bytes);
    }

    private boolean kept(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (!buffer.claim(length)) {
            await();
            return false;
        }
        granted();
        if (length > 0 && !shown(bytes)) {
            return false;
        }
        input = null;
        if (length > 0) {
            buffer.add(bytes, last && buffer.length() == 0);
        } else {
            bytes.release();
        }
        return !last || complete();
    }

    private boolean decoded(BodyCoding coded, ByteBuf bytes) {
        try {
            return decode(coded, bytes);
        } catch (CorruptBody e) {
            request.giveUp(400, String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            connection.loop().failed(e);
            request.giveUp(415, "zstd is not available here");
        }
        return false;
    }

    private boolean decode(BodyCoding coded, ByteBuf bytes) {
        Decoding decoding = coded.decoding();
        long end = buffer.length() + TURN;
        boolean starved = false;
        while (!decoding.ended() && !starved) {
            if (buffer.length() >= end) {
                connection.loop().execute(this::proceed);
                return false;
            }
            ByteBuf room = buffer.room(4 * bytes.readableBytes());
            if (!buffer.claim(decoding.memory() + room.writableBytes())) {
                await();
                return false;
            }
            granted();
            int from = room.writerIndex();
            decoding.decode(bytes, room);
            if (!accepted(room, from)) {
                return false;
            }
            starved = !bytes.isReadable() && room.isWritable();
        }
        coded.checkEnd(bytes, last);
        input = null;
        bytes.release();
        return !last || complete();
    }

    /// Counts and shows what was decoded into `room` from there on.
    private boolean accepted(ByteBuf room, int from) {
        int count = room.writerIndex() - from;
        if (count == 0) {
            return true;
        }
        buffer.wrote(count);
        String excess = BodyCoding.excess(buffer.length(), request.received(), connection.loop());
        if (!excess.isEmpty()) {
            request.giveUp(413, excess);
            return false;
        }
        return shown(room.slice(from, count));
    }

    /// Whether the request goes on: the consumer may have answered already.
    private boolean shown(ByteBuf bytes) {
        try {
            consumer.peek(bytes);
            return !over;
        } catch (RuntimeException e) {
            connection.loop().failed(e);
            request.giveUp(500, "internal error");
            return false;
        }
    }

    private boolean complete() {
        over = true;
        closeCoding();
        buffer.settle();
        request.whole(consumer, buffer);
        return true;
    }

    private void await() {
        if (patience != null) {
            return;
        }
        waitsSince = connection.loop().now();
        int before = connection.loop().waitingBodies().join(this);
        if (place == NO_PLACE) {
            place = Math.min(before, MOST_STEPS);
        }
        long still = connection.loop().limits().budgetWaitMillis();
        if (buffer.length() > 0) {
            // Bodies that came half way block each other: the last in line give up sooner, so that
            // what they hold lets the first ones finish. Each keeps the place it had at first:
            // whoever got a little and waits again would be last, and all would give up together.
            still -= still / 2 * place / MOST_STEPS;
        }
        patience = connection.loop().after(Math.max(still - waitedMillis, 1), this::tired);
        connection.pauseReading();
    }

    private void granted() {
        if (patience != null) {
            waitedMillis += connection.loop().now() - waitsSince;
            stopWaiting();
        }
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel();
            patience = null;
            connection.loop().waitingBodies().leave(this);
        }
    }

    private void tired() {
        request.giveUp(503, "too many request bodies are held; try again");
    }

    /// Whether what arrives now must wait.
    boolean blocked() {
        return opening || (input != null && begun);
    }

    /// Whether the end of the body has come, though not all of it may be used up.
    boolean ended() {
        return last;
    }

    /// Gives everything back, unless it was handed over.
    void close() {
        if (over) {
            return;
        }
        over = true;
        opening = false;
        stopWaiting();
        closeCoding();
        if (input != null) {
            input.release();
            input = null;
        }
        buffer.release();
    }

    private void closeCoding() {
        if (coding != null) {
            coding.close();
        }
    }
}
