package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which requests the edge refuses for their framing, and that none of them reaches an upstream.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFramingIT {
    private static final String HOST = "Host: test\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST;
    private static final String POST = "POST / HTTP/1.1\r\n" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n";

    @SuppressWarnings("NullAway.Init")
    private EdgeFixture edge;

    @BeforeAll
    void start() {
        edge = EdgeFixture.start(EdgeFixture::echo);
    }

    @AfterAll
    void stop() {
        edge.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("folded line", 400, GET + "a: b\r\n c\r\n\r\n"),
                refused("line folded with TAB", 400, GET + "a: b\r\n\tc\r\n\r\n"),
                refused("folded first line", 400, "GET / HTTP/1.1\r\n Host: test\r\n\r\n"),
                refused("TAB before the target", 400, "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("TAB before the version", 400, "GET /\tHTTP/1.1\r\n" + HOST + "\r\n"),
                refused("bare LF behind a line", 400, "GET / HTTP/1.1\nHost: test\n\n"),
                refused("bare LF in a field", 400, GET + "a: b\nc: d\r\n\r\n"),
                refused("bare CR in a field", 400, GET + "a: b\rc: d\r\n\r\n"),
                refused("NUL in a field", 400, GET + "a: b\0c\r\n\r\n"),
                refused("NUL in a name", 400, GET + "a\0: b\r\n\r\n"),
                refused("blank before the colon", 400, GET + "a : b\r\n\r\n"),
                refused("line without a colon", 400, GET + "nothing\r\n\r\n"),
                refused("empty name", 400, GET + ": b\r\n\r\n"),
                refused("no Host", 400, "GET / HTTP/1.1\r\na: b\r\n\r\n"),
                refused("two Hosts", 400, GET + "Host: test\r\n\r\n"),
                refused("two different Hosts", 400, GET + "hOST: other\r\n\r\n"),
                refused("empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
                refused("Host with a user", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                refused("Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                refused("absolute form", 400, "GET http://other/ HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("asterisk form", 400, "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("fragment", 400, "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("raw byte in the target", 400, "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("CONNECT", 501, "CONNECT test:443 HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("TRACE", 501, "TRACE / HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("unknown method", 501, "BREW / HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("lower case method", 501, "get / HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("coding gzip alone", 501, POST + "Transfer-Encoding: gzip\r\n\r\n"),
                refused("coding xchunked alone", 501, POST + "Transfer-Encoding: xchunked\r\n\r\n"),
                refused(
                        "identity, chunked",
                        501,
                        POST + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"),
                refused(
                        "gzip, chunked",
                        501,
                        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                refused(
                        "two codings",
                        400,
                        CHUNKED + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                refused("length and coding", 400, CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n"),
                refused(
                        "coding behind a length",
                        400,
                        POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                refused("two lengths", 400, length("5\r\nContent-Length: 5")),
                refused("two different lengths", 400, length("5\r\nContent-Length: 6")),
                refused("list of lengths", 400, length("5, 5")),
                refused("signed length", 400, length("+5")),
                refused("negative length", 400, length("-5")),
                refused("hex length", 400, length("0x5")),
                refused("length with a blank inside", 400, length("5 5")),
                refused("empty length", 400, length("")),
                refused("length beyond 64 bits", 400, length("99999999999999999999")),
                refused("HTTP/1.0", 505, "GET / HTTP/1.0\r\n" + HOST + "\r\n"),
                refused("HTTP/1.2", 505, "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
                refused("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                refused("unknown expectation", 417, POST + "Expect: magic\r\n\r\n"),
                refused("101 fields", 431, GET + "a: b\r\n".repeat(100) + "\r\n"),
                refused("33 KiB of fields", 431, GET + "a: " + "b".repeat(33_000) + "\r\n\r\n"),
                refused(
                        "9 KiB request line",
                        431,
                        "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                refused("chunk size no number", 400, CHUNKED + "\r\ng\r\nhello\r\n0\r\n\r\n"),
                refused("signed chunk size", 400, CHUNKED + "\r\n+5\r\nhello\r\n0\r\n\r\n"),
                refused("negative chunk size", 400, CHUNKED + "\r\n-5\r\nhello\r\n0\r\n\r\n"),
                refused("hex prefix", 400, CHUNKED + "\r\n0x5\r\nhello\r\n0\r\n\r\n"),
                refused("empty chunk size", 400, CHUNKED + "\r\n\r\nhello\r\n0\r\n\r\n"),
                refused("chunk size too large", 400, CHUNKED + "\r\nfffffffff\r\nhello"),
                refused("LF behind a chunk size", 400, CHUNKED + "\r\n5\nhello\r\n0\r\n\r\n"),
                refused("chunk too long", 400, CHUNKED + "\r\n3\r\nhello\r\n0\r\n\r\n"),
                refused("trailers", 400, CHUNKED + "\r\n5\r\nhello\r\n0\r\nx-a: b\r\n\r\n"),
                refused("binary", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNotPlainHttpIsAnsweredAndTheConnectionEnds(String what, int status, String request)
            throws IOException {
        int before = edge.upstream().received().size();

        try (RawClient client = edge.client()) {
            HttpMessage answer = client.send(request + smuggled()).response();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("connection")).contains("close");
            assertThat(answer.field("x-edge")).contains("refused");
            assertThat(client.ended()).isTrue();
        }
        assertThat(edge.upstream().received()).hasSize(before);
    }

    @Test
    void oddButPlainRequestsAreServed() throws IOException {
        for (String request :
                new String[] {
                    "\r\n\r\n" + GET + "\r\n",
                    "GET / HTTP/1.1\r\nhost:test:8080\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
                    GET + "a:\r\nb: \u00e9\t x\r\n\r\n",
                    GET + "a: b\r\n".repeat(99) + "\r\n",
                    CHUNKED + "\r\n5;ext=1\r\nhello\r\n000\r\n\r\n",
                    POST + "Content-Length: 005\r\n\r\nhello",
                    "GET /?q=%00&r=/../ HTTP/1.1\r\n" + HOST + "\r\n"
                }) {
            try (RawClient client = edge.client()) {
                assertThat(client.send(request).response().status()).as(request).isEqualTo(200);
                assertThat(client.send(GET + "\r\n").response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void upgradeToH2cIsIgnoredAndNotPassedOn() throws IOException {
        try (RawClient client = edge.client()) {
            client.send(
                    GET
                            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.send(GET + "\r\n").response().status()).isEqualTo(200);
            assertThat(edge.upstream().received().getLast().message().field("upgrade")).isEmpty();
        }
    }

    @Test
    void webSocketIsRefusedAndTheConnectionKept() throws IOException {
        try (RawClient client = edge.client()) {
            client.send(GET + "Connection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n");
            HttpMessage refusal = client.response();
            HttpMessage next = client.send(GET + "\r\n").response();

            assertThat(refusal.status()).isEqualTo(426);
            assertThat(refusal.field("connection")).isEmpty();
            assertThat(next.status()).isEqualTo(200);
        }
    }

    /// A request hidden behind the bad one; it must never be served.
    private static String smuggled() {
        return "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";
    }

    private static String length(String value) {
        return POST + "Content-Length: " + value + "\r\n\r\nhello";
    }

    private static Arguments refused(String what, int status, String request) {
        return Arguments.of(what, status, request);
    }
}
