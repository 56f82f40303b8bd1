package dev.llmgateway.runtime.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/// The only file that touches internals of Vert.x: our handlers stand before its own in the
/// pipelines of its sockets.
///
/// Vert.x keeps sockets, TLS, accepting and draining; payload never reaches it. The handler names
/// are pinned by a test.
final class Pipelines {
    /// Vert.x's own handler, the last of every pipeline.
    static final String VERTX = "handler";

    /// Queues every write, even in clear text; nothing of ours needs it.
    static final String CHUNKED_WRITER = "chunkedWriter";

    private Pipelines() {}

    static EventLoop eventLoop(Context context) {
        return ((ContextInternal) context).nettyEventLoop();
    }

    static SocketAddress remote(NetSocket socket) {
        return of(socket).channel().remoteAddress();
    }

    static ChannelPipeline of(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().pipeline();
    }

    static void client(NetSocket socket, ClientConnection connection) {
        bare(socket).addBefore(VERTX, "client", connection);
    }

    static void turnAway(NetSocket socket, ChannelHandler refusal) {
        bare(socket).addBefore(VERTX, "client", refusal);
    }

    static void upstream(NetSocket socket, ChannelHandler connection) {
        bare(socket).addBefore(VERTX, "upstream", connection);
    }

    /// Before the upstream's handler: until the proxy has answered, and it removes itself.
    static void tunnel(NetSocket socket, ChannelHandler tunnel) {
        bare(socket).addBefore(VERTX, "tunnel", tunnel);
    }

    private static ChannelPipeline bare(NetSocket socket) {
        ChannelPipeline pipeline = of(socket);
        if (pipeline.get(CHUNKED_WRITER) != null) {
            pipeline.remove(CHUNKED_WRITER);
        }
        return pipeline;
    }

    /// All addresses of a host name, by Vert.x's resolver: cached, asynchronous, with the
    /// platform's hosts file and search domains.
    static Future<List<InetSocketAddress>> resolve(Vertx vertx, EventLoop loop, String host) {
        return ((VertxInternal) vertx).nameResolver().resolveAll(loop, host);
    }
}
