package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.MessageReader;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    @SuppressWarnings("NullAway.Init")
    private Certificate local;

    @SuppressWarnings("NullAway.Init")
    private Certificate foreign;

    @BeforeAll
    void certificates(@TempDir Path folder) throws Exception {
        local = Certificate.of(folder, "dns:localhost,ip:127.0.0.1");
        foreign = Certificate.of(folder, "dns:api.example.com");
    }

    @Test
    void theEdgeServesTls() throws Exception {
        try (EdgeFixture edge = EdgeFixture.startTls(local.served(), EdgeFixture::echo);
                SSLSocket socket = connect(edge)) {
            MessageReader reader = new MessageReader(socket.getInputStream());
            for (int i = 0; i < 3; i++) {
                String request = "GET / HTTP/1.1\r\nhost: test\r\nx-id: " + i + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(reader.response(false).field("x-id")).contains(String.valueOf(i));
            }
        }
    }

    @Test
    void anEarlyAnswerIsReadableOverTlsBehindAnUnreadBody() throws Exception {
        HeaderLines none = new HeaderLines();
        try (EdgeFixture edge =
                        EdgeFixture.startTls(local.served(), EdgeFixture::echo)
                                .early(_ ->
                                        java.util.Optional.of(
                                                new Response(401, none, "no", false)));
                SSLSocket socket = connect(edge)) {
            String request =
                    "POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 3000000\r\n\r\n"
                            + "a".repeat(1_000_000);

            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            MessageReader reader = new MessageReader(socket.getInputStream());
            assertThat(reader.response(false).status()).isEqualTo(401);
        }
    }

    @Test
    void clearTextOnTheTlsPortIsNotServed() throws Exception {
        try (EdgeFixture edge = EdgeFixture.startTls(local.served(), EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send("GET / HTTP/1.1\r\nhost: test\r\n\r\n");

            assertThat(client.reader().rest()).doesNotContain("HTTP/1.1");
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @Test
    void anUpstreamIsCalledOverTlsByNameAndByAddress() throws Exception {
        assertThat(call(local, "localhost", local.trusted()).status()).isEqualTo(200);
        assertThat(call(local, "127.0.0.1", local.trusted()).status()).isEqualTo(200);
    }

    @Test
    void aCertificateOfAnotherRootIsRefused() throws Exception {
        assertThat(call(local, "localhost", foreign.trusted()).field("x-failure"))
                .contains(Kind.Tls.name());
        assertThat(call(local, "localhost", TlsProfile.PLATFORM).field("x-failure"))
                .contains(Kind.Tls.name());
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        assertThat(call(foreign, "localhost", foreign.trusted()).field("x-failure"))
                .contains(Kind.Tls.name());
        assertThat(call(foreign, "127.0.0.1", foreign.trusted()).field("x-failure"))
                .contains(Kind.Tls.name());
    }

    @Test
    void rootsAreThoseOfTheirEndpointOnly() throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(local.listen());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            for (int i = 0; i < 3; i++) {
                edge.endpoint(tls(upstream, local.trusted()));
                assertThat(edge.exchange("own").status()).isEqualTo(200);
                edge.endpoint(tls(upstream, foreign.trusted()));
                assertThat(edge.exchange("other").field("x-failure")).contains(Kind.Tls.name());
                edge.endpoint(tls(upstream, TlsProfile.PLATFORM));
                assertThat(edge.exchange("none").field("x-failure")).contains(Kind.Tls.name());
            }
            assertThat(edge.failures())
                    .extracting(TransportFailure::detail)
                    .allMatch(detail -> detail.startsWith("the certificate's "));
        }
    }

    @Test
    void rotatedRootsHoldFromTheNextConnectionOn() throws Exception {
        try (PlainUpstream before = new PlainUpstream(local.listen());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            TlsProfile both = new TlsProfile(true, local.pem() + foreign.pem());

            edge.endpoint(tls(before, local.trusted()));
            assertThat(edge.exchange("old").status()).isEqualTo(200);
            edge.endpoint(tls(before, both));
            assertThat(edge.exchange("both").status()).isEqualTo(200);
            edge.endpoint(tls(before, foreign.trusted()));
            assertThat(edge.exchange("gone").field("x-failure")).contains(Kind.Tls.name());
        }
    }

    @Test
    void reloadsOfRootsLeaveNothing() throws Exception {
        reload(40);
    }

    @Test
    @Tag("full")
    void aThousandReloadsOfRootsLeaveNothing() throws Exception {
        reload(200); // everything that is made once
        Leaks.collect();
        long before = used();

        reload(1_000);

        Leaks.collect();
        assertThat(used() - before).isLessThan(8L << 20);
    }

    /// A new profile and a new connection each time, as after a reload with changed roots.
    private void reload(int times) throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(local.listen());
                EdgeFixture edge = EdgeFixture.start(Limits.briefPools(), EdgeFixture::echo)) {
            int before = edge.deadlines();
            for (int i = 0; i < times; i++) {
                TlsProfile reloaded = new TlsProfile(true, "# revision " + i + "\n" + local.pem());
                edge.endpoint(tls(upstream, reloaded));
                assertThat(edge.exchange("r" + i).status()).isEqualTo(200);
            }
            edge.awaitStats("connections are kept", stats -> stats.upstreamIdle() == 0);
            edge.awaitQuiet();

            assertThat(edge.deadlines()).isEqualTo(before);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Endpoint tls(PlainUpstream upstream, TlsProfile tls) {
        return new Endpoint("localhost", upstream.port(), tls, EdgeFixture.LOCAL);
    }

    @Test
    void anUpstreamThatSpeaksNoTlsIsATlsFailure() throws Exception {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            int port = edge.upstream().address().getPort();
            edge.timeouts(new CallTimeouts(1_000, 500, 1_000, 1_000, 0, 2_000));
            edge.endpoint(new Endpoint("127.0.0.1", port, local.trusted(), EdgeFixture.LOCAL));

            assertThat(edge.exchange("clear").field("x-failure")).contains(Kind.Tls.name());
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @Test
    void aNewCertificateServesNewConnectionsAndLeavesTheOpenOnes() throws Exception {
        try (EdgeFixture edge = EdgeFixture.startTls(local.served(), EdgeFixture::echo);
                SSLSocket open = connect(edge)) {
            EdgeFixture.await(edge.server().updateTls(foreign.served()));

            assertThat(answer(open, "before").field("x-id")).contains("before");
            assertThatThrownBy(() -> connect(edge)).isInstanceOf(SSLException.class);
            try (SSLSocket next = connect(edge, foreign.context())) {
                assertThat(answer(next, "after").field("x-id")).contains("after");
            }
        }
    }

    @Test
    void aCertificateThatCannotBeReadChangesNothing() throws Exception {
        ServerTls broken = new ServerTls("no certificate", "no key", "");
        try (EdgeFixture edge = EdgeFixture.startTls(local.served(), EdgeFixture::echo)) {
            assertThatThrownBy(() -> EdgeFixture.await(edge.server().updateTls(broken)))
                    .isInstanceOf(AssertionError.class);

            try (SSLSocket socket = connect(edge)) {
                assertThat(answer(socket, "kept").field("x-id")).contains("kept");
            }
        }
    }

    @Test
    void aClearPortDoesNotBecomeTls() throws Exception {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThatThrownBy(() -> EdgeFixture.await(edge.server().updateTls(local.served())))
                    .hasMessageContaining("does not serve TLS");

            assertThat(edge.exchange("clear").status()).isEqualTo(200);
        }
    }

    @Test
    void clientsNeedACertificateOfTheGivenRoots() throws Exception {
        ServerTls mutual =
                new ServerTls(
                        local.served().certificate(), local.served().privateKey(), local.pem());
        try (EdgeFixture edge = EdgeFixture.startTls(mutual, EdgeFixture::echo)) {
            try (SSLSocket known = connect(edge)) {
                assertThat(answer(known, "known").field("x-id")).contains("known");
            }

            // TLS 1.3: the refusal comes behind the client's side of the handshake
            assertThatThrownBy(
                            () -> {
                                try (SSLSocket unknown = connect(edge, local.anonymous())) {
                                    answer(unknown, "unknown");
                                }
                            })
                    .isInstanceOf(IOException.class);
            assertThat(edge.upstream().received()).hasSize(1);
        }
    }

    private static HttpMessage answer(SSLSocket socket, String id) throws IOException {
        String request = "GET / HTTP/1.1\r\nhost: test\r\nx-id: " + id + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new MessageReader(socket.getInputStream()).response(false);
    }

    private HttpMessage call(Certificate served, String host, TlsProfile tls) throws Exception {
        try (PlainUpstream upstream = new PlainUpstream(served.listen());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(new Endpoint(host, upstream.port(), tls, EdgeFixture.LOCAL));
            return edge.exchange("tls");
        }
    }

    private SSLSocket connect(EdgeFixture edge) throws Exception {
        return connect(edge, local.context());
    }

    private static SSLSocket connect(EdgeFixture edge, SSLContext context) throws Exception {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(edge.address().getHost(), edge.address().getPort());
        try {
            socket.setSoTimeout(Math.toIntExact(EdgeFixture.PATIENCE.toMillis()));
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
