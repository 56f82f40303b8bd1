package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One request on its way in: its body is bounded, charged, shown to the consumer as it arrives,
/// and handed over whole.
final class RequestIntake {
    /// The rest of a body nobody reads, up to which the connection is still worth keeping.
    private static final long WORTH_DISCARDING = 64 << 10;

    private final ClientConnection connection;
    private final Http1Exchange exchange;
    private final @Nullable ParsedHead head;
    private final long declared;
    private @Nullable RequestConsumer consumer;
    private @Nullable BodyIntake body;
    private long received;
    private boolean complete;
    private boolean closes;

    RequestIntake(ClientConnection connection, Http1Exchange exchange, ParsedHead head) {
        this(connection, exchange, head, head.contentLength());
    }

    private RequestIntake(
            ClientConnection connection,
            Http1Exchange exchange,
            @Nullable ParsedHead head,
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
        ParsedHead view = java.util.Objects.requireNonNull(head);
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
        body =
                new BodyIntake(
                        this,
                        connection,
                        consumer,
                        declared == 0 ? ContentCoding.Identity : ContentCoding.of(view),
                        declared);
        body.open();
    }

    /// There is room for the body, as far as that can be known.
    void ready() {
        if (head != null && head.expectsContinue() && declared != 0) {
            exchange.sendContinue();
        }
    }

    /// Takes what came of the body, ownership with it.
    void content(ByteBuf bytes, boolean last) {
        received += bytes.readableBytes();
        if (exchange.over()) {
            bytes.release();
            if (last) {
                complete = true;
                connection.next();
            }
            return;
        }
        if (received > connection.loop().limits().maxBody()) {
            bytes.release();
            tooLarge();
            return;
        }
        java.util.Objects.requireNonNull(body).take(bytes, last);
    }

    /// The body is complete; it belongs to the consumer now.
    void whole(RequestConsumer current, BodyBuffer collected) {
        complete = true;
        body = null;
        connection.deadline().answering();
        deliver(current, collected);
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
        Response answer = refused(status, message);
        if (answer == null) {
            connection.refuse(exchange, status, message, true);
        } else {
            exchange.respond(answer);
        }
    }

    private @Nullable Response refused(int status, String message) {
        RequestConsumer current = consumer;
        consumer = null;
        if (current == null) {
            return null;
        }
        if (exchange.headSent()) {
            current.closed(RequestConsumer.CloseReason.BadFraming);
            return null;
        }
        return current.refused(status, message);
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
        if (body != null) {
            body.close();
            body = null;
        }
    }

    /// A reply is complete; what came of the body until now is of no use. Whether the request is
    /// read.
    boolean answered() {
        boolean waited = body != null && body.blocked();
        complete |= body != null && body.ended();
        releaseBody();
        if (waited) {
            connection.loop().execute(connection::unblocked);
        }
        return complete;
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
        return complete || (body != null && body.blocked());
    }

    boolean answering() {
        return !exchange.over();
    }

    long received() {
        return received;
    }
}
