package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/// One client connection: its requests one after the other, each from head to the end of its reply.
///
/// What comes while a request is being answered waits unread; when that is much, the socket is no
/// longer read.
final class ClientConnection extends ChannelInboundHandlerAdapter implements RequestReader.Sink {
    private static final int MOST_WAITING = 64 << 10;
    private static final long MOST_LINGERING = 64L << 20;

    private final LoopState loop;
    private final RequestHandler handler;
    private final ClientDeadline deadline = new ClientDeadline(this);

    private @Nullable ChannelHandlerContext context;
    private @Nullable RequestReader reader;
    private @Nullable RequestIntake request;
    private boolean draining;
    private boolean closing;
    private boolean working;
    private long lingered;

    ClientConnection(LoopState loop, RequestHandler handler) {
        this.loop = loop;
        this.handler = handler;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        reader = new RequestReader(ctx.channel(), loop.limits());
        loop.clientConnections().up();
        loop.deadlines().add(deadline);
        deadline.idle();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (closing) {
            linger(ctx, bytes);
        } else {
            reader().add(bytes);
            work();
        }
    }

    private RequestReader reader() {
        return java.util.Objects.requireNonNull(reader);
    }

    /// Takes requests as far as they have come, one after the other.
    private void work() {
        if (working) {
            return;
        }
        working = true;
        while (!closing && !blocked() && reader().step(this)) {}
        working = false;
        if (!closing) {
            worked();
        }
    }

    private void worked() {
        if (request == null && reader().headBegun()) {
            deadline.head();
        }
        if (request == null && draining) {
            close();
        } else if (!blocked()) {
            resumeReading();
        } else if (reader().waiting() > MOST_WAITING) {
            pauseReading();
        }
    }

    /// Whether what comes must wait: for the end of a reply, or for a body's room.
    private boolean blocked() {
        return request != null && request.blocked();
    }

    @Override
    public void head(ParsedHead head) {
        Refusal refusal = RequestGuard.check(head, loop.limits().headers());
        if (refusal != null && refusal.close()) {
            malformed(refusal);
            return;
        }
        Http1Exchange exchange = begin(head.method().equals("HEAD"));
        RequestIntake next = new RequestIntake(this, exchange, head);
        request = next;
        if (refusal == null) {
            next.open(handler);
        } else {
            refuse(exchange, refusal.status(), refusal.message(), false);
        }
    }

    private Http1Exchange begin(boolean headMethod) {
        loop.requests().up();
        return new Http1Exchange(this, java.util.Objects.requireNonNull(context), headMethod);
    }

    @Override
    public void body(ByteBuf bytes, boolean last) {
        RequestIntake current = request;
        if (current == null || closing) {
            bytes.release();
        } else {
            current.content(bytes, last);
        }
    }

    @Override
    public void malformed(Refusal refusal) {
        if (request == null) {
            Http1Exchange exchange = begin(false);
            request = RequestIntake.refused(this, exchange);
            refuse(exchange, refusal.status(), refusal.message(), true);
        } else {
            request.giveUp(refusal.status(), refusal.message());
        }
    }

    /// The transport's own answer; a reply that has begun can only be cut.
    void refuse(Http1Exchange exchange, int status, String message, boolean close) {
        if (exchange.headSent()) {
            exchange.abort();
            return;
        }
        Response answer = loop.errors().response(loop.index(), status, message);
        exchange.respond(
                new Response(
                        answer.status(), answer.headers(), answer.body(), close || answer.close()));
    }

    /// Whether a reply that starts now is the connection's last; asked once per reply.
    boolean endsWith(boolean asked) {
        return request == null || request.endsWith(asked || draining || loop.leaving());
    }

    /// A reply is complete; the request's body may still be arriving.
    void replied() {
        RequestIntake current = request;
        if (current == null || current.closes()) {
            close();
        } else if (current.answered()) {
            next();
        } else {
            deadline.body(current);
        }
    }

    /// The request is read and answered: on to the next.
    void next() {
        request = null;
        deadline.idle();
        work();
    }

    void pauseReading() {
        if (context != null) {
            context.channel().config().setAutoRead(false);
        }
    }

    void resumeReading() {
        if (context != null && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /// What waited behind a body that had no room goes on.
    void unblocked() {
        work();
    }

    /// Ends the connection behind what was written: sending stops, input is discarded for a while
    /// so that the client reads the reply instead of a reset.
    private void close() {
        ChannelHandlerContext ctx = context;
        if (closing || ctx == null) {
            return;
        }
        closing = true;
        reader().release();
        boolean unread = request != null && !request.complete();
        if (!unread || !(ctx.channel() instanceof DuplexChannel duplex)) {
            deadline.closing();
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        resumeReading();
        deadline.linger();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> duplex.shutdownOutput());
    }

    private void linger(ChannelHandlerContext ctx, ByteBuf bytes) {
        lingered += bytes.readableBytes();
        bytes.release();
        if (lingered > MOST_LINGERING) {
            ctx.close();
        }
    }

    /// Breaks the connection off.
    void cut() {
        closing = true;
        if (context != null) {
            context.close();
        }
    }

    /// Ends when what runs has ended; at once when nothing does.
    void drain() {
        draining = true;
        if (request == null && !closing) {
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        RequestIntake current = request;
        if (current != null && current.answering()) {
            deadline.stalled(!ctx.channel().isWritable());
            if (ctx.channel().isWritable()) {
                current.writable();
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.clientConnections().down();
        loop.deadlines().remove(deadline);
        closing = true;
        reader().release();
        lost(
                draining
                        ? RequestConsumer.CloseReason.Shutdown
                        : RequestConsumer.CloseReason.ClientLeft);
        ctx.fireChannelInactive();
    }

    /// The client can no longer be answered.
    void lost(RequestConsumer.CloseReason reason) {
        RequestIntake current = request;
        request = null;
        if (current != null) {
            current.lost(reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loop.caught(cause);
        ctx.close();
    }

    /// Bytes of replies that even the kernel has not taken.
    long unsent() {
        ChannelOutboundBuffer out =
                context == null ? null : context.channel().unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }

    LoopState loop() {
        return loop;
    }

    ClientDeadline deadline() {
        return deadline;
    }

    ByteBufAllocator allocator() {
        return java.util.Objects.requireNonNull(context).alloc();
    }
}
