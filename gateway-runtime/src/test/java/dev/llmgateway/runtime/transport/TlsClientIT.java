package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whom the client's side of TLS refuses, and what it says then (reliability-security.md R20), with
/// both engines.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsClientIT {
    private static final String HOST = "api.test";
    private static final String UNTRUSTED = "the certificate's issuer is not trusted";
    private static final String OTHER_NAME = "the certificate is for another name";

    private final Vertx vertx = Vertx.vertx();

    @SuppressWarnings("NullAway.Init")
    private Authority root;

    @SuppressWarnings("NullAway.Init")
    private Authority middle;

    /// What does the work.
    enum Engine {
        Fast,
        Jdk;

        SSLEngineOptions options() {
            return this == Jdk ? new JdkSSLEngineOptions() : TlsClient.engine();
        }
    }

    @BeforeAll
    void authorities() throws Exception {
        root = Authority.root("Test Root");
        middle = root.intermediate("Test Intermediate");
    }

    @AfterAll
    void stop() {
        EdgeFixture.await(vertx.close());
    }

    interface Maker {
        Certificate make() throws Exception;
    }

    private Arguments bad(String what, Maker maker, String reason) {
        return Arguments.of(what, maker, HOST, reason);
    }

    Stream<Arguments> refused() throws Exception {
        Authority foreign = Authority.root("Foreign Root");
        Authority namesake = Authority.root("Test Root");
        Authority.Validity past = new Authority.Validity(-20, -1);
        Authority.Validity future = new Authority.Validity(1, 20);
        return Stream.of(
                bad("expired", () -> middle.issue(past, HOST), "the certificate has expired"),
                bad("early", () -> middle.issue(future, HOST), "the certificate is not valid yet"),
                bad("another name", () -> issue("other.test"), OTHER_NAME),
                bad("a parent's name", () -> issue("test"), OTHER_NAME),
                bad("a name that begins like it", () -> issue("api.test.evil.test"), OTHER_NAME),
                bad("a wildcard above it", () -> issue("*.api.test"), OTHER_NAME),
                bad("an address", () -> issue("127.0.0.1"), OTHER_NAME),
                bad("unknown root", () -> foreign.issue(Authority.valid(), HOST), UNTRUSTED),
                bad(
                        "a root of that name",
                        () -> namesake.issue(Authority.valid(), HOST),
                        "the certificate's "),
                bad(
                        "self-signed",
                        () -> Authority.root(HOST).issue(Authority.valid(), HOST),
                        UNTRUSTED),
                bad("no intermediate", () -> middle.issueAlone(HOST), UNTRUSTED),
                Arguments.of("no such address", (Maker) () -> issue(HOST), "127.0.0.1", OTHER_NAME),
                Arguments.of(
                        "another address",
                        (Maker) () -> issue("127.0.0.2"),
                        "127.0.0.1",
                        OTHER_NAME),
                bad("bad signature", () -> middle.issueBroken(HOST), "the certificate's "));
    }

    private Certificate issue(String... names) throws Exception {
        return middle.issue(Authority.valid(), names);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aCertificateThatProvesNothingIsRefused(
            String what, Maker maker, String host, String reason) throws Exception {
        Certificate certificate = maker.make();
        for (Engine engine : Engine.values()) {
            try (PlainUpstream server = new PlainUpstream(certificate.listen())) {
                String said = refusal(engine, server.port(), host);

                assertThat(said).as(engine.name()).startsWith(reason);
                assertThat(server.accepted()).isEqualTo(1); // and not tried again
            }
        }
    }

    static Stream<Arguments> nonsense() {
        String alert = "\u0015\u0003\u0002\u0000\u0002\u0002F"; // protocol_version
        String hello =
                "\u0016\u0003\u0002\u0000*\u0002\u0000\u0000&\u0003\u0002"
                        + "r".repeat(32)
                        + "\u0000\u0000/\u0000";
        return Stream.of(
                Arguments.of("only TLS 1.1, said by alert", alert, "no TLS version in common"),
                Arguments.of("only TLS 1.1, said by hello", hello, ""),
                Arguments.of(
                        "clear HTTP",
                        "HTTP/1.1 400 Bad Request\r\n\r\n",
                        "the peer does not speak TLS"),
                Arguments.of(
                        "another protocol",
                        "220 smtp.example ESMTP\r\n",
                        "the peer does not speak TLS"),
                Arguments.of(
                        "an end", "", "the peer closed the connection during the TLS handshake"),
                Arguments.of(
                        "a cut hello",
                        "\u0016\u0003\u0003\u0000@\u0002",
                        "the peer closed the connection during the TLS handshake"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void whatIsNoHandshakeIsRefused(String what, String bytes, String reason) throws Exception {
        for (Engine engine : Engine.values()) {
            List<String> clear = new CopyOnWriteArrayList<>();
            try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> say(server, bytes, clear));

                assertThat(refusal(engine, server.getLocalPort(), HOST))
                        .as(engine.name())
                        .startsWith(reason)
                        .isNotEqualTo("connected");
            }
            assertThat(clear).isEmpty();
        }
    }

    /// Answers the first bytes with others, and keeps what looks like HTTP.
    private static void say(ServerSocket server, String bytes, List<String> clear) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] read = new byte[4_096];
                int count = socket.getInputStream().read(read);
                String text = new String(read, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
                if (text.contains("HTTP/1.1")) {
                    clear.add(text);
                }
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                if (!server.isClosed() && !(e instanceof java.net.SocketException)) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyGoodCertificateIsTakenWithBothVersions(Engine engine) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLServerSocket socket = issue(HOST, "*.wild.test", "127.0.0.1").listen();
            socket.setEnabledProtocols(new String[] {version});
            try (PlainUpstream server = new PlainUpstream(socket)) {
                for (String host :
                        List.of(HOST, "API.test", "api.test.", "a.wild.test", "127.0.0.1")) {
                    assertThat(refusal(engine, server.port(), host))
                            .as(engine + " " + version + " " + host)
                            .isEqualTo("connected");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void sessionsAreResumed(Engine engine) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            List<Long> made = new CopyOnWriteArrayList<>();
            NetClient client = client(engine);
            try (SSLServerSocket server = issue(HOST).listen()) {
                server.setEnabledProtocols(new String[] {version});
                Thread.ofVirtual().start(() -> greet(server, made));
                for (int i = 0; i < 5; i++) {
                    EdgeFixture.await(
                            handshake(
                                    client,
                                    server.getLocalPort(),
                                    HOST,
                                    5_000,
                                    this::untilTheGreeting));
                }
            }
            assertThat(made).hasSize(5);
            assertThat(Set.copyOf(made)).as(engine + " " + version).hasSizeLessThanOrEqualTo(2);
        }
    }

    /// Writes a byte to everybody and keeps when their sessions were made: resumed ones are old.
    private static void greet(SSLServerSocket server, List<Long> made) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
                made.add(socket.getSession().getCreationTime());
                socket.getOutputStream().write('!');
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// A ticket comes before the first byte.
    private Future<Void> untilTheGreeting(NetSocket socket) {
        Promise<Void> closed = Promise.promise();
        socket.closeHandler(_ -> closed.complete());
        socket.handler(_ -> socket.close());
        return closed.future();
    }

    @Test
    void aHandshakeThatTakesTooLongSaysSo() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(Engine.Fast, silent.getLocalPort(), HOST, 200))
                    .isEqualTo("the TLS handshake took too long");
        }
    }

    private NetClient client(Engine engine) {
        return vertx.createNetClient(new NetClientOptions().setSslEngineOptions(engine.options()));
    }

    private String refusal(Engine engine, int port, String host) throws Exception {
        return refusal(engine, port, host, 5_000);
    }

    private String refusal(Engine engine, int port, String host, long millis) throws Exception {
        NetClient client = client(engine);
        Future<String> told =
                handshake(client, port, host, millis, Future::succeededFuture)
                        .map(_ -> "connected")
                        .recover(cause -> Future.succeededFuture(TlsFault.reason(cause)));
        String said = EdgeFixture.await(told);
        EdgeFixture.await(client.close());
        return said;
    }

    /// As the connector does it.
    ///
    /// @param then prepared before the handshake, awaited after it
    private <T> Future<T> handshake(
            NetClient client,
            int port,
            String host,
            long millis,
            Function<NetSocket, Future<T>> then)
            throws Exception {
        Endpoint endpoint = new Endpoint(host, port, root.trusted(), EdgeFixture.LOCAL);
        return client.connect(new ConnectOptions().setRemoteAddress(named(endpoint)).setSsl(false))
                .compose(socket -> {
                    Future<T> done = then.apply(socket);
                    return TlsClient.secure(socket, endpoint, millis).compose(_ -> done);
                });
    }

    private static SocketAddress named(Endpoint endpoint) throws UnknownHostException {
        return SocketAddress.inetSocketAddress(
                new InetSocketAddress(
                        InetAddress.getByAddress(
                                endpoint.certificateName(), new byte[] {127, 0, 0, 1}),
                        endpoint.port()));
    }
}
