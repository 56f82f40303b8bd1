package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.transport.RequestConsumer.CloseReason;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reply does to its connection: framing that the application got wrong, clients that do not
/// take it, and bugs of the application.
@Timeout(60)
class ReplyEdgeIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n";
    private static final int LARGE = 32 << 20;

    @Test
    void aReplyShorterThanItsDeclaredLengthIsCut() throws IOException {
        try (EdgeFixture edge =
                        writing(downstream -> {
                            downstream.head(200, new HeaderLines(), 10);
                            downstream.data(
                                    Unpooled.copiedBuffer("short", StandardCharsets.US_ASCII));
                            downstream.end();
                        });
                RawClient client = edge.client()) {
            client.send(GET + "\r\n");

            assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
            assertThat(edge.awaitBug()).hasMessageContaining("content-length");
        }
    }

    @Test
    void bytesBeyondTheDeclaredLengthAreNeverReadAsTheNextReply() throws IOException {
        try (EdgeFixture edge =
                        writing(downstream -> {
                            downstream.head(200, new HeaderLines(), 2);
                            downstream.data(
                                    Unpooled.copiedBuffer("okHTTP", StandardCharsets.US_ASCII));
                            downstream.end();
                        });
                RawClient client = edge.client()) {
            client.send(GET + "\r\n");

            assertThat(client.reader().rest()).doesNotContain("okHTTP");
            assertThat(edge.awaitBug()).hasMessageContaining("content-length");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void aReplyThatHasNoBodyGetsNone(int status) throws IOException {
        try (EdgeFixture edge =
                        writing(downstream -> {
                            downstream.head(status, new HeaderLines(), -1);
                            downstream.data(
                                    Unpooled.copiedBuffer("stray", StandardCharsets.US_ASCII));
                            downstream.end();
                        });
                RawClient client = edge.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET + "\r\n").response().startLine())
                        .startsWith("HTTP/1.1 " + status);
            }
        }
    }

    @Test
    void aWholeReplyThatHasNoBodyGetsNoneEither() throws IOException {
        try (EdgeFixture edge =
                        writing(downstream ->
                                downstream.respond(
                                        new Response(204, new HeaderLines(), "no", false)));
                RawClient client = edge.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET + "\r\n").response().startLine())
                        .startsWith("HTTP/1.1 204");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void aClientThatTakesNothingOfAFinishedReplyIsCut(String fields) throws IOException {
        try (EdgeFixture edge = large(Limits.small());
                Socket slow = slow(edge)) {
            slow.getOutputStream()
                    .write((GET + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));

            edge.awaitQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void aClientThatTakesAFinishedReplySlowlyGetsAllOfIt(String fields) throws IOException {
        try (EdgeFixture edge = large(Limits.small());
                Socket slow = slow(edge)) {
            slow.getOutputStream()
                    .write((GET + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(takenSlowly(slow.getInputStream())).isGreaterThan(LARGE);
        }
    }

    @Test
    void aBugInPeekIsToldAndAnswered() throws IOException {
        fails(
                new Faulty() {
                    @Override
                    public void peek(io.netty.buffer.ByteBuf chunk) {
                        throw new IllegalStateException("peek");
                    }
                });
    }

    @Test
    void aBugInBodyIsToldAndAnswered() throws IOException {
        fails(
                new Faulty() {
                    @Override
                    public void body(RequestBody body) {
                        body.release();
                        throw new IllegalStateException("body");
                    }
                });
    }

    @Test
    void aBugInClosedIsTold() throws IOException {
        Faulty consumer =
                new Faulty() {
                    @Override
                    public void closed(CloseReason reason) {
                        throw new IllegalStateException("closed");
                    }
                };
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            edge.handler((_, _) -> consumer);
            try (RawClient client = edge.client()) {
                client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhel");
                edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 5);
            }

            assertThat(edge.awaitBug()).hasMessage("closed");
        }
    }

    private static void fails(RequestConsumer consumer) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            edge.handler((_, _) -> consumer);
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(client.response().status()).isEqualTo(500);
            assertThat(client.ended()).isTrue();
            assertThat(edge.awaitBug()).isInstanceOf(IllegalStateException.class);
        }
    }

    private static EdgeFixture writing(Consumer<Downstream> reply) {
        return EdgeFixture.start(EdgeFixture::echo)
                .handler((_, downstream) ->
                        new Faulty() {
                            @Override
                            public void body(RequestBody body) {
                                body.release();
                                reply.accept(downstream);
                            }
                        });
    }

    private static EdgeFixture large(HttpLimits limits) {
        String body = "a".repeat(LARGE);
        return EdgeFixture.start(limits, EdgeFixture::echo)
                .handler((_, downstream) ->
                        new Faulty() {
                            @Override
                            public void body(RequestBody request) {
                                request.release();
                                downstream.respond(
                                        new Response(200, new HeaderLines(), body, false));
                            }
                        });
    }

    private static Socket slow(EdgeFixture edge) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 << 10);
        socket.setSoTimeout(Math.toIntExact(EdgeFixture.PATIENCE.toMillis()));
        socket.connect(new InetSocketAddress(edge.address().getHost(), edge.address().getPort()));
        return socket;
    }

    /// Takes 4 MiB, waits a quarter of a second, and so on: longer in all than any limit of
    /// `Limits.small`, never silent for as long.
    private static long takenSlowly(InputStream in) throws IOException {
        long taken = 0;
        while (taken < LARGE) {
            byte[] piece = in.readNBytes(4 << 20);
            taken += piece.length;
            if (piece.length < 4 << 20) {
                return taken;
            }
            long until = System.nanoTime() + 250_000_000;
            Poll.untilTrue(
                    Duration.ofSeconds(5),
                    () -> "time passes",
                    () -> System.nanoTime() - until > 0);
        }
        return taken + in.read(new byte[1]) + 1;
    }

    /// A consumer that ignores everything.
    private abstract static class Faulty implements RequestConsumer {
        @Override
        public void peek(io.netty.buffer.ByteBuf chunk) {}

        @Override
        public void body(RequestBody body) {
            body.release();
        }

        @Override
        public void writable() {}

        @Override
        public void closed(CloseReason reason) {}
    }
}
