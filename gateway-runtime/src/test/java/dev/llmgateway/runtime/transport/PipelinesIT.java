package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipelines that our handlers are put into belong to Vert.x: an upgrade that changes them must
/// be noticed here, not in production.
class PipelinesIT {
    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<List<String>> accepted = new CompletableFuture<>();
    private final CompletableFuture<List<String>> connected = new CompletableFuture<>();

    @AfterEach
    void stop() {
        EdgeFixture.await(vertx.close());
    }

    @Test
    void clearConnectionsHoldOnlyOurHandlersBeforeVertxs() throws Exception {
        connect(new NetServerOptions(), new NetClientOptions());

        assertThat(names(accepted)).containsExactly("client", Pipelines.VERTX);
        assertThat(names(connected)).containsExactly("upstream", Pipelines.VERTX);
    }

    @Test
    void tlsConnectionsHoldVertxsTlsHandlerBeforeOurs(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.of(folder, "dns:localhost,ip:127.0.0.1");
        ServerTls served = certificate.served();

        connect(
                new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertValue(Buffer.buffer(served.certificate()))
                                        .addKeyValue(Buffer.buffer(served.privateKey()))),
                new NetClientOptions()
                        .setSsl(true)
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(
                                new PemTrustOptions()
                                        .addCertValue(Buffer.buffer(certificate.pem()))));

        assertThat(names(accepted)).containsExactly("ssl", "client", Pipelines.VERTX);
        assertThat(names(connected)).containsExactly("ssl", "upstream", Pipelines.VERTX);
    }

    private void connect(NetServerOptions server, NetClientOptions client) {
        int port =
                EdgeFixture.await(
                                vertx.createNetServer(server.setHost("127.0.0.1"))
                                        .connectHandler(this::accept)
                                        .listen())
                        .actualPort();
        EdgeFixture.await(
                vertx.createNetClient(client)
                        .connect(port, "127.0.0.1")
                        .onSuccess(socket -> {
                            Pipelines.upstream(socket, new ChannelInboundHandlerAdapter());
                            connected.complete(ours(socket));
                        }));
    }

    private void accept(NetSocket socket) {
        TransportServer transport =
                new TransportServer(
                        vertx,
                        HttpLimits.DEFAULT,
                        (_, status, text) -> new Response(status, new HeaderLines(), text, true),
                        _ -> (_, _) -> new Refuser(),
                        accepted::completeExceptionally);
        Context context = Objects.requireNonNull(Vertx.currentContext());
        LoopState loop =
                new LoopState(
                        0,
                        Pipelines.eventLoop(context),
                        transport,
                        state -> new UpstreamConnector(vertx, context, state));
        Pipelines.client(socket, new ClientConnection(loop, (_, _) -> new Refuser()));
        loop.execute(() -> accepted.complete(ours(socket))); // Vert.x's initializer is still there
    }

    /// Names without Netty's own tail.
    private static List<String> ours(NetSocket socket) {
        return Pipelines.of(socket).names().stream()
                .filter(name -> !name.contains("TailContext"))
                .toList();
    }

    private static List<String> names(CompletableFuture<List<String>> names) throws Exception {
        return names.get(10, TimeUnit.SECONDS);
    }

    /// A consumer that is never asked.
    private static final class Refuser implements RequestConsumer {
        @Override
        public void peek(io.netty.buffer.ByteBuf chunk) {
            throw new AssertionError();
        }

        @Override
        public void body(RequestBody body) {
            throw new AssertionError();
        }

        @Override
        public void writable() {
            throw new AssertionError();
        }

        @Override
        public void closed(CloseReason reason) {
            throw new AssertionError();
        }
    }
}
