package dev.llmgateway.runtime.transport;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accepts client connections on one event loop; the same port is shared by all loops.
final class Listener extends VerticleBase {
    private static final int BACKLOG = 4_096;

    private final TransportServer transport;
    private final String host;
    private final int port;
    private final Optional<ServerTls> tls;
    private @Nullable NetServer server;

    Listener(TransportServer transport, String host, int port, Optional<ServerTls> tls) {
        this.transport = transport;
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    @Override
    public Future<?> start() {
        LoopState loop =
                transport.register(
                        this,
                        Pipelines.eventLoop(context),
                        state -> new UpstreamConnector(vertx, context, state));
        RequestHandler handler = transport.handler(loop);
        server =
                vertx.createNetServer(options())
                        .connectHandler(socket -> accept(socket, loop, handler));
        return server.listen();
    }

    private static void accept(NetSocket socket, LoopState loop, RequestHandler handler) {
        if (!admitted(socket, loop)) {
            Pipelines.turnAway(socket, new TurnedAway(loop));
            return;
        }
        ClientConnection connection = new ClientConnection(loop, handler);
        Pipelines.client(socket, connection);
        socket.shutdownHandler(_ -> connection.drain());
    }

    /// Whether the client's address may have one more connection. One accepted before there was a
    /// bound is never counted.
    private static boolean admitted(NetSocket socket, LoopState loop) {
        int most = loop.limits().connectionsPerAddress();
        if (most == 0 || !(Pipelines.remote(socket) instanceof InetSocketAddress remote)) {
            return true;
        }
        InetAddress address = remote.getAddress();
        if (!loop.addresses().enter(address, most)) {
            return false;
        }
        socket.closeHandler(_ -> loop.addresses().leave(address));
        return true;
    }

    private NetServerOptions options() {
        NetServerOptions options =
                new NetServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setAcceptBacklog(BACKLOG)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true);
        tls.ifPresent(served -> secure(options, served));
        return options;
    }

    private static void secure(NetServerOptions options, ServerTls served) {
        options.setSsl(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(served.certificate()))
                                .addKeyValue(Buffer.buffer(served.privateKey())))
                .setSslEngineOptions(
                        OpenSSLEngineOptions.isAvailable()
                                ? new OpenSSLEngineOptions()
                                : new JdkSSLEngineOptions());
        if (!served.clientCa().isEmpty()) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertValue(Buffer.buffer(served.clientCa())));
        }
    }

    /// Connections accepted from now on are served by `next`. Fails, and changes nothing, when it
    /// cannot be read or the port is in clear text.
    Future<Void> updateTls(ServerTls next) {
        if (server == null || tls.isEmpty()) {
            return Future.failedFuture("the listener does not serve TLS");
        }
        NetServerOptions options = new NetServerOptions();
        secure(options, next);
        return server.updateSSLOptions(options.getSslOptions()).mapEmpty();
    }

    int actualPort() {
        return server == null ? 0 : server.actualPort();
    }

    /// No new connections; running exchanges may take `grace`, then they are cut.
    Future<Void> drain(Duration grace) {
        return server == null ? Future.succeededFuture() : server.shutdown(grace);
    }
}
