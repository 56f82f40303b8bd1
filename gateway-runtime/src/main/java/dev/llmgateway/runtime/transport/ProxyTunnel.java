package dev.llmgateway.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Asks an egress proxy for a tunnel (RFC 9110, 9.3.6). Any 2xx opens it; every other answer,
/// however well-formed, does not, and there is no way around the proxy. The proxy is sent the
/// target's name and port, nothing else.
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_INTERIM = 8;

    private final String target;
    private final PartialHead partial = new PartialHead(MOST_BYTES);
    private final ReplyHead head;
    private final Outcome outcome;
    private boolean over;
    private int interim;

    /// @param target `host:port`
    /// @param head scratch of the loop
    ProxyTunnel(String target, ReplyHead head, Outcome outcome) {
        this.target = target;
        this.head = head;
        this.outcome = outcome;
    }

    /// Called once, on the loop.
    interface Outcome {
        void open();

        void refused(String detail);
    }

    /// Host and port as CONNECT and `host` write them.
    static String authority(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        String request = "CONNECT " + target + " HTTP/1.1\r\nhost: " + target + "\r\n\r\n";
        ByteBuf bytes = ctx.alloc().directBuffer(request.length());
        ByteBufUtil.writeAscii(bytes, request);
        ctx.writeAndFlush(bytes, ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (over) {
            read.release();
            return;
        }
        try {
            answer(ctx, partial.join(read));
        } catch (MalformedMessage e) {
            refused("the proxy's answer makes no sense: " + e.getMessage());
        }
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            int at = bytes.readerIndex();
            int to = bytes.writerIndex();
            while (!over) {
                int end = ReplyHead.end(bytes, at, to);
                if (end < 0 || end - at > MOST_BYTES) {
                    partial.keep(ctx, bytes, at, to);
                    return;
                }
                head.parse(bytes, at, end);
                at = end;
                judge(ctx, at == to);
            }
        } finally {
            bytes.release();
        }
    }

    /// @param nothingLeft no byte follows the head
    private void judge(ChannelHandlerContext ctx, boolean nothingLeft) {
        int status = head.status();
        if (status < 200 && status != 101 && ++interim <= MOST_INTERIM) {
            return;
        }
        if (status < 200 || status > 299) {
            refused("the proxy answered " + status);
        } else if (!nothingLeft) {
            refused("the proxy sent bytes behind its answer"); // nobody has asked the target yet
        } else {
            over = true;
            ctx.pipeline().remove(this);
            outcome.open();
        }
    }

    private void refused(String detail) {
        if (!over) {
            over = true;
            outcome.refused(detail);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        partial.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        refused("the proxy closed the connection");
        ctx.fireChannelInactive();
    }

    /// The close that follows says it.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
