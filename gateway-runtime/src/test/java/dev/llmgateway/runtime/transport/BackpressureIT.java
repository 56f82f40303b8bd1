package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackpressureIT {
    private static final String FLOOD =
            "POST /flood HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n";

    @Test
    void aClientThatDoesNotReadStopsItsUpstreamAndNobodyElse() throws IOException {
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            try (Socket slow = new Socket()) {
                slow.setReceiveBufferSize(64 << 10);
                slow.connect(
                        new InetSocketAddress(edge.address().getHost(), edge.address().getPort()));
                slow.getOutputStream().write(FLOOD.getBytes(StandardCharsets.US_ASCII));
                long taken = settled(upstream);

                // what kernels buffer on two connections, and the gateway's own watermark
                assertThat(taken).isPositive().isLessThan(PlainUpstream.FLOOD / 2);
                for (int i = 0; i < 5; i++) {
                    assertThat(edge.exchange("other " + i).body()).isEqualTo("body other " + i);
                }

                assertThat(body(slow)).isEqualTo(PlainUpstream.FLOOD);
            }
        }
    }

    @Test
    void aClientThatNeverReadsIsCutAfterTheStallLimit() throws IOException {
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge = EdgeFixture.start(Limits.small(), EdgeFixture::echo)) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            try (Socket slow = new Socket()) {
                slow.setReceiveBufferSize(64 << 10);
                slow.connect(
                        new InetSocketAddress(edge.address().getHost(), edge.address().getPort()));
                slow.getOutputStream().write(FLOOD.getBytes(StandardCharsets.US_ASCII));

                edge.awaitStats("begun", stats -> stats.upstreamLeased() == 1);
                edge.awaitQuiet();

                assertThat(edge.closes())
                        .containsExactly(RequestConsumer.CloseReason.ClientTooSlow);
            }
        }
    }

    @Test
    void silenceThatTheClientCausesIsNotTheUpstreamsFault() throws IOException {
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge =
                        EdgeFixture.start(EdgeFixture::echo)
                                .timeouts(new CallTimeouts(500, 500, 400, 400, 400, 30_000))) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            try (Socket slow = new Socket()) {
                slow.setReceiveBufferSize(64 << 10);
                slow.connect(
                        new InetSocketAddress(edge.address().getHost(), edge.address().getPort()));
                slow.getOutputStream().write(FLOOD.getBytes(StandardCharsets.US_ASCII));
                settled(upstream); // longer than the idle limit

                assertThat(body(slow)).isEqualTo(PlainUpstream.FLOOD);
                assertThat(edge.failures()).isEmpty();
            }
        }
    }

    @Test
    void anUpstreamThatReadsABigBodyLateGetsAllOfItAndHoldsNobodyUp() throws Exception {
        byte[] random = new byte[20 << 20];
        new Random(7).nextBytes(random);
        String body = new String(random, StandardCharsets.ISO_8859_1);
        try (PlainUpstream upstream = new PlainUpstream(smallBuffers());
                EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            edge.endpoint(EdgeFixture.local(upstream.port()));
            client.send(
                    "POST /slow HTTP/1.1\r\nhost: test\r\ncontent-length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            upstream.awaitSlow();
            assertThat(edge.exchange("other").body()).isEqualTo("body other");

            upstream.read();
            HttpMessage answer = client.response();

            assertThat(answer.body().equals(body)).isTrue();
        }
    }

    private static ServerSocket smallBuffers() throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReceiveBufferSize(64 << 10);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    /// Waits until nothing more has been taken for a second, and says how much was.
    private static long settled(PlainUpstream upstream) {
        AtomicLong seen = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        Poll.untilTrue(
                EdgeFixture.PATIENCE,
                () -> "the flood stands still",
                () -> {
                    long now = upstream.flooded();
                    if (now == 0 || seen.getAndSet(now) != now) {
                        since.set(System.nanoTime());
                    }
                    return System.nanoTime() - since.get() > 1_000_000_000L;
                });
        return seen.get();
    }

    /// Length of the body that follows a head.
    private static int body(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        int matched = 0;
        while (matched < 4) {
            int c = in.read();
            matched = c == "\r\n\r\n".charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
        }
        int length = 0;
        byte[] piece = new byte[64 << 10];
        while (length < PlainUpstream.FLOOD) {
            int read = in.read(piece);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return length;
    }
}
