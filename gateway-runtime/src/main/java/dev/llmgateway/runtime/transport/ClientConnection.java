package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One client connection: its requests one after the other, each from head to the end of its reply.
///
/// What comes while a request is being answered waits in a short queue; when that fills, the socket
/// is no longer read.
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_QUEUED = 8;
    private static final long MOST_LINGERING = 64L << 20;

    private final LoopState loop;
    private final RequestHandler handler;
    private final StrictRequestDecoder decoder;
    private final Queue<Object> queue = new ArrayDeque<>(2);
    private final ClientDeadline deadline = new ClientDeadline(this);

    private @Nullable ChannelHandlerContext context;
    private @Nullable RequestIntake request;
    private boolean draining;
    private boolean closing;
    private boolean working;
    private long lingered;

    ClientConnection(LoopState loop, RequestHandler handler, StrictRequestDecoder decoder) {
        this.loop = loop;
        this.handler = handler;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.clientConnections().up();
        loop.deadlines().add(deadline);
        deadline.idle();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            linger(ctx, message);
            return;
        }
        if (blocked() || !queue.isEmpty()) {
            queue.add(message);
            if (queue.size() > MOST_QUEUED) {
                pauseReading();
            }
            return;
        }
        take(ctx, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (request == null && !closing && decoder.headBegun()) {
            deadline.head();
        }
        ctx.fireChannelReadComplete();
    }

    /// Whether a message must wait: for the end of a reply, or for a body's room.
    private boolean blocked() {
        return request != null && request.blocked();
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (message instanceof HttpContent content) {
            RequestIntake current = request;
            if (current == null || closing) {
                content.release();
            } else {
                current.content(content);
            }
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        loop.requests().up();
        boolean headMethod = head.method().name().equals("HEAD");
        Http1Exchange exchange = new Http1Exchange(this, ctx, headMethod);
        Optional<Refusal> refusal = RequestGuard.check(head, loop.limits().headers());
        boolean readable = refusal.isEmpty() || !refusal.get().close();
        request =
                readable
                        ? new RequestIntake(
                                this, exchange, new NettyRequestHead(head, ctx.channel()))
                        : RequestIntake.refused(this, exchange);
        if (refusal.isEmpty()) {
            request.open(handler);
        } else {
            Refusal why = refusal.get();
            refuse(exchange, why.status(), why.message(), why.close());
        }
    }

    /// The transport's own answer; a reply that has begun can only be cut.
    void refuse(Http1Exchange exchange, int status, String message, boolean close) {
        if (exchange.headSent()) {
            exchange.abort();
            return;
        }
        Response answer = loop.errors().response(status, message);
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
        ChannelHandlerContext ctx = context;
        if (working || ctx == null) {
            return;
        }
        working = true;
        takeQueued(ctx);
        working = false;
        if (request == null && decoder.headBegun()) {
            deadline.head(); // it came in the same read as what was just answered
        }
        if (draining && request == null) {
            close();
        } else if (queue.isEmpty() && !closing) {
            resumeReading();
        }
    }

    private void takeQueued(ChannelHandlerContext ctx) {
        while (!closing && !blocked() && !queue.isEmpty()) {
            take(ctx, queue.remove());
        }
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
        takeQueued(java.util.Objects.requireNonNull(context));
        if (queue.isEmpty() && !closing) {
            resumeReading();
        }
    }

    /// Ends the connection behind what was written: sending stops, input is discarded for a while
    /// so that the client reads the reply instead of a reset.
    private void close() {
        ChannelHandlerContext ctx = context;
        if (closing || ctx == null) {
            return;
        }
        closing = true;
        releaseQueue();
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

    private void linger(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content) {
            lingered += content.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
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
        releaseQueue();
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

    private void releaseQueue() {
        queue.forEach(ReferenceCountUtil::release);
        queue.clear();
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
