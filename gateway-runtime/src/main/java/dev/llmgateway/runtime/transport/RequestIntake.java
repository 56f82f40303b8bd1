package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// One request on its way in: its body is bounded, charged, shown to the consumer as it arrives,
/// and handed over whole.
final class RequestIntake {
    /// The rest of a body nobody reads, up to which the connection is still worth keeping.
    private static final long WORTH_DISCARDING = 64 << 10;

    private static final long RETRY_MILLIS = 50;

    private final ClientConnection connection;
    private final Http1Exchange exchange;
    private final @Nullable NettyRequestHead head;
    private final long declared;
    private @Nullable RequestConsumer consumer;
    private @Nullable BodyBuffer body;
    private @Nullable HttpContent waiting;
    private long waitsUntil;
    private long received;
    private boolean complete;
    private boolean closes;

    RequestIntake(ClientConnection connection, Http1Exchange exchange, NettyRequestHead head) {
        this(connection, exchange, head, head.contentLength());
    }

    private RequestIntake(
            ClientConnection connection,
            Http1Exchange exchange,
            @Nullable NettyRequestHead head,
            long declared) {
        this.connection = connection;
        this.exchange = exchange;
        this.head = head;
        this.declared = declared;
    }

    /// A request that the guard refused: only its end is waited for.
    static RequestIntake refused(ClientConnection connection, Http1Exchange exchange) {
        return new RequestIntake(connection, exchange, null, -1);
    }

    /// Hands the head over; the handler may answer at once.
    void open(RequestHandler handler) {
        NettyRequestHead view = java.util.Objects.requireNonNull(head);
        connection.deadline().body(this);
        try {
            consumer = handler.begin(view, exchange);
        } catch (RuntimeException e) {
            connection.loop().failed(e);
            connection.refuse(exchange, 500, "internal error", true);
            return;
        }
        if (exchange.over()) {
            return;
        }
        if (declared > connection.loop().limits().maxBody()) {
            tooLarge();
            return;
        }
        if (view.expectsContinue() && declared != 0) {
            exchange.sendContinue();
        }
    }

    void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            malformed();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last && !((LastHttpContent) content).trailingHeaders().isEmpty()) {
            content.release();
            malformed(); // trailers would bypass every decision made on the head
            return;
        }
        received += content.content().readableBytes();
        if (exchange.over()) {
            content.release();
            if (last) {
                complete = true;
                connection.next();
            }
            return;
        }
        if (received > connection.loop().limits().maxBody()) {
            content.release();
            tooLarge();
            return;
        }
        charge(content, last);
    }

    private void charge(HttpContent content, boolean last) {
        int length = content.content().readableBytes();
        if (length > 0 && !connection.loop().budget().charge(length)) {
            waiting = content;
            waitsUntil = connection.loop().now() + connection.loop().limits().budgetWaitMillis();
            connection.pauseReading();
            connection.loop().after(RETRY_MILLIS, this::retry);
            return;
        }
        keep(content.content(), length, last);
    }

    private void retry() {
        HttpContent content = waiting;
        if (content == null) {
            return;
        }
        int length = content.content().readableBytes();
        if (connection.loop().budget().charge(length)) {
            waiting = null;
            keep(content.content(), length, content instanceof LastHttpContent);
            connection.unblocked();
        } else if (connection.loop().now() >= waitsUntil) {
            giveUp(503, "too many request bodies are held; try again");
        } else {
            connection.loop().after(RETRY_MILLIS, this::retry);
        }
    }

    private void keep(ByteBuf bytes, int length, boolean last) {
        RequestConsumer current = java.util.Objects.requireNonNull(consumer);
        BodyBuffer collected = body;
        if (collected == null) {
            collected =
                    new BodyBuffer(connection.loop().budget(), connection.allocator(), declared);
            body = collected;
        }
        if (length > 0) {
            if (!shown(current, bytes)) {
                return;
            }
            collected.add(bytes, last && received == length);
        } else {
            bytes.release();
        }
        if (last) {
            complete = true;
            body = null;
            connection.deadline().answering();
            deliver(current, collected);
        }
    }

    private boolean shown(RequestConsumer current, ByteBuf bytes) {
        int charged = bytes.readableBytes();
        try {
            current.peek(bytes);
            return true;
        } catch (RuntimeException e) {
            connection.loop().failed(e);
            bytes.release();
            connection.loop().budget().refund(charged);
            giveUp(500, "internal error");
            return false;
        }
    }

    private void deliver(RequestConsumer current, BodyBuffer collected) {
        try {
            current.body(collected);
        } catch (RuntimeException e) {
            connection.loop().failed(e);
            try {
                current.closed(RequestConsumer.CloseReason.BadFraming);
            } finally {
                collected.releaseIfHeld();
            }
            connection.refuse(exchange, 500, "internal error", true);
        }
    }

    private void malformed() {
        giveUp(400, "malformed request body");
    }

    private void tooLarge() {
        giveUp(413, "the body is larger than " + connection.loop().limits().maxBody() + " bytes");
    }

    /// Ends a request whose body cannot be taken.
    void giveUp(int status, String message) {
        releaseBody();
        closes = true;
        if (exchange.over()) {
            connection.cut();
            return;
        }
        if (consumer != null) {
            RequestConsumer current = consumer;
            consumer = null;
            current.closed(
                    status == 408
                            ? RequestConsumer.CloseReason.ClientTooSlow
                            : RequestConsumer.CloseReason.BadFraming);
        }
        connection.refuse(exchange, status, message, true);
    }

    /// The client is gone.
    void lost(RequestConsumer.CloseReason reason) {
        releaseBody();
        boolean open = !exchange.over();
        exchange.discard();
        if (open && consumer != null) {
            consumer.closed(reason);
        }
    }

    private void releaseBody() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (body != null) {
            body.release();
            body = null;
        }
    }

    void writable() {
        if (consumer != null && !exchange.over()) {
            consumer.writable();
        }
    }

    /// Decides, when a reply starts, whether the connection outlives it.
    boolean endsWith(boolean asked) {
        boolean askedByClient = head == null || head.asksToClose();
        closes |= asked || askedByClient || (!complete && !worthDiscarding());
        return closes;
    }

    private boolean worthDiscarding() {
        if (head == null || (head.expectsContinue() && received == 0 && declared != 0)) {
            return false; // the client may send the body or not: nobody can tell
        }
        return declared >= 0 && declared - received <= WORTH_DISCARDING;
    }

    /// The request is read; what follows belongs to the next one.
    boolean complete() {
        return complete;
    }

    boolean closes() {
        return closes;
    }

    boolean blocked() {
        return waiting != null || complete;
    }

    boolean answering() {
        return !exchange.over();
    }

    long received() {
        return received;
    }
}
