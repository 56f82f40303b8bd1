package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One upstream HTTP/1.1 connection; serves one call at a time, and the next only after a clean end
/// with no byte left over. Any doubt closes it.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final int MOST_INTERIM = 8;

    private final LoopState loop;
    private final UpstreamPool pool;
    private final ReplyHead head;
    private final ResponseParser body = new ResponseParser();
    private final CallDeadline deadline = new CallDeadline(this);
    private final PartialHead partialHead;

    private @Nullable ChannelHandlerContext context;
    private @Nullable PendingCall call;
    private boolean headSeen;
    private boolean reuse;
    private boolean replied;
    private boolean served;
    private boolean lost;
    private boolean clean;
    private boolean goodbye;
    private int interim;

    UpstreamConnection(LoopState loop, UpstreamPool pool, ReplyHead head) {
        this.loop = loop;
        this.pool = pool;
        this.head = head;
        this.partialHead = new PartialHead(loop.limits().headerBytes());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.deadlines().add(deadline);
    }

    boolean usable() {
        return !lost && context != null && context.channel().isActive();
    }

    /// Takes a call on an idle connection and sends it.
    void serve(PendingCall next) {
        ChannelHandlerContext ctx = java.util.Objects.requireNonNull(context);
        call = next;
        next.on(this);
        headSeen = false;
        replied = false;
        interim = 0;
        next.sent();
        UpstreamRequest request = next.request();
        ctx.write(request.head(), ctx.voidPromise());
        List<ByteBuf> body = request.body();
        for (int i = 0; i < body.size(); i++) {
            ctx.write(body.get(i), ctx.voidPromise());
        }
        ctx.flush();
        deadline.firstByte(next);
    }

    /// Its call was given up: what is still to come has no owner.
    void abandon() {
        call = null;
        close();
    }

    void resume() {
        if (context != null && !context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    void progressed() {
        deadline.progressed();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (call == null || lost) {
            bytes.release();
            clean = false;
            close(); // bytes nobody asked for
            return;
        }
        replied = true;
        try {
            read(ctx, bytes);
        } catch (MalformedMessage e) {
            fail(TransportFailure.Kind.Malformed, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            loop.failed(e);
            fail(TransportFailure.Kind.Malformed, "internal error");
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf read) {
        ByteBuf bytes = partialHead.join(read);
        boolean owned = true;
        try {
            int at = bytes.readerIndex();
            int to = bytes.writerIndex();
            while (!headSeen && call != null) {
                int end = ReplyHead.end(bytes, at, to);
                if (end < 0 || end - at > loop.limits().headerBytes()) {
                    partialHead.keep(ctx, bytes, at, to);
                    return;
                }
                head(bytes, at, end);
                at = end;
            }
            if (call != null && at < to && body.plain()) {
                int end = body.walk(bytes, at, to, bytes);
                if (end == to) {
                    owned = false;
                    data(bytes.readerIndex(at));
                } else {
                    data(bytes.retainedSlice(at, end - at));
                }
                at = end;
            } else if (call != null && at < to && !body.done()) {
                at = chunks(ctx, bytes, at, to);
            }
            settle(ctx, at == to);
        } finally {
            if (owned) {
                bytes.release();
            }
        }
    }

    private void head(ByteBuf bytes, int from, int end) {
        head.parse(bytes, from, end);
        if (head.status() >= 200) {
            headSeen = true;
            PendingCall current = java.util.Objects.requireNonNull(call);
            body.begin(head, current.request().headMethod());
            deadline.begun(current);
            reuse = !head.closes() && !body.untilClose();
            current.reply().head(head);
        } else if (head.status() == 101 || ++interim > MOST_INTERIM) {
            throw new MalformedMessage(
                    head.status() == 101 ? "unsolicited 101" : "too many interim replies");
        }
    }

    private int chunks(ChannelHandlerContext ctx, ByteBuf bytes, int from, int to) {
        ByteBuf payload = ctx.alloc().directBuffer(to - from);
        try {
            int end = body.walk(bytes, from, to, payload);
            if (payload.isReadable()) {
                data(payload.retain());
            }
            return end;
        } finally {
            payload.release();
        }
    }

    private void data(ByteBuf payload) {
        PendingCall current = call;
        if (current == null) {
            payload.release();
        } else {
            deadline.idle(current);
            current.reply().data(payload);
        }
    }

    private void settle(ChannelHandlerContext ctx, boolean nothingLeft) {
        PendingCall current = call;
        if (current == null) {
            return;
        }
        if (headSeen && body.done()) {
            finish(ctx, current, nothingLeft);
        } else if (!current.reply().writable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /// The owner is cleared before it hears of the end: whatever it does then, it does to another
    /// connection. This one is free only when its socket has no more to read, else what follows the
    /// reply would be taken for the next call's.
    private void finish(ChannelHandlerContext ctx, PendingCall current, boolean nothingLeft) {
        call = null;
        deadline.never();
        resume();
        ChannelOutboundBuffer outbound = ctx.channel().unsafe().outboundBuffer();
        boolean sentAll = outbound != null && outbound.isEmpty();
        if (nothingLeft && reuse && sentAll && ctx.channel().isActive()) {
            served = true;
            clean = true;
        } else {
            close();
        }
        current.end(served);
    }

    void fail(TransportFailure.Kind kind, String detail) {
        PendingCall current = call;
        call = null;
        close();
        if (current != null) {
            current.fail(new TransportFailure(kind, detail, true, served, replied));
        }
    }

    /// Whether silence is the client's doing: it does not take what it got.
    boolean heldBack() {
        return context != null && !context.channel().config().isAutoRead();
    }

    boolean headSeen() {
        return headSeen;
    }

    LoopState loop() {
        return loop;
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (call != null) {
            call.reply().flush();
        } else if (clean) {
            clean = false;
            pool.idle(this);
        }
        ctx.fireChannelReadComplete();
    }

    /// TLS said goodbye: the peer sends nothing more, whether it ends the connection or not.
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            goodbye = true;
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!lost) {
            lost = true;
            loop.deadlines().remove(deadline);
            partialHead.release();
            pool.lost(this);
        }
        PendingCall current = call;
        call = null;
        if (current != null && headSeen && body.untilClose() && saidGoodbye(ctx)) {
            current.end(served);
        } else if (current != null) {
            TransportFailure.Kind kind =
                    replied ? TransportFailure.Kind.Truncated : TransportFailure.Kind.Closed;
            current.fail(
                    new TransportFailure(
                            kind, "the upstream closed the connection", true, served, replied));
        }
        ctx.fireChannelInactive();
    }

    /// Over TLS anybody on the way can send a FIN, but only the upstream a goodbye (RFC 9112, 9.8).
    private boolean saidGoodbye(ChannelHandlerContext ctx) {
        return goodbye || ctx.pipeline().get(SslHandler.class) == null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loop.caught(cause);
        if (headSeen && body.untilClose()) {
            fail(
                    TransportFailure.Kind.Truncated,
                    "the upstream reset the connection"); // a reset is no end
        } else {
            ctx.close();
        }
    }
}
