package dev.llmgateway.runtime.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/// A connection that is one too many: told so at once, without reading a request; then what it
/// sends is discarded for a while, so that the client reads the reply instead of a reset.
final class TurnedAway extends ChannelInboundHandlerAdapter {
    private static final byte[] REPLY =
            """
            HTTP/1.1 503 Service Unavailable\r
            content-length: 0\r
            retry-after: 1\r
            connection: close\r
            \r
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private final LoopState loop;

    TurnedAway(LoopState loop) {
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        loop.after(loop.limits().lingerMillis(), ctx::close);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(REPLY))
                .addListener(_ -> {
                    if (ctx.channel() instanceof DuplexChannel duplex) {
                        duplex.shutdownOutput();
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loop.caught(cause);
        ctx.close();
    }
}
