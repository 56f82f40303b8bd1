package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What upstreams do wrong, and that the next requests are served as if nothing had happened.
class UpstreamIT {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "transfer-encoding: chunked\r\n\r\n";
    private static final CallTimeouts SHORT = new CallTimeouts(500, 500, 300, 300, 0, 1_000);

    static Stream<Arguments> interim() {
        String hundred = "HTTP/1.1 100 Continue\r\n\r\n";
        String hints = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
        return Stream.of(
                Arguments.of("100", List.of(hundred)),
                Arguments.of("102", List.of("HTTP/1.1 102 Processing\r\n\r\n")),
                Arguments.of("103", List.of(hints)),
                Arguments.of("100, 103, 103", List.of(hundred, hints, hints)),
                Arguments.of("three in one", List.of(hundred + hints + hundred)),
                Arguments.of("cut", List.of("HTTP/1.1 100 Con", "tinue\r\n\r", "\nHTT")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interim")
    void interimRepliesAreDroppedAndTheRealOneIsTheRequests(String what, List<String> pieces)
            throws IOException {
        boolean cut = what.equals("cut");
        try (EdgeFixture edge =
                EdgeFixture.start(
                        misbehaving(request -> {
                            Script script = Script.of();
                            for (String piece : pieces) {
                                script = script.then(Step.write(piece), EdgeFixture.later(20));
                            }
                            String reply = OK + "x-id: odd\r\ncontent-length: 3\r\n\r\nodd";
                            return script.then(Step.write(cut ? reply.substring(3) : reply));
                        }))) {
            HttpMessage answer = edge.exchange("odd");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("odd");
            servesTwenty(edge);
            assertThat(edge.failures()).isEmpty();
        }
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                malformed("101", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"),
                malformed("nine interim replies", "HTTP/1.1 100 Continue\r\n\r\n".repeat(9)),
                malformed("no HTTP", "220 smtp.example ESMTP ready\r\n\r\n"),
                malformed("HTTP/2", "HTTP/2 200 OK and so on\r\n\r\n"),
                malformed("two lengths", OK + "content-length: 1\r\ncontent-length: 1\r\n\r\na"),
                malformed("head too large", OK + "a: " + "b".repeat(33_000) + "\r\n\r\n"),
                malformed("head without end", OK + "a: b\r\n".repeat(6_000)),
                malformed("too many lines", OK + "a: b\r\n".repeat(101) + "\r\n"),
                malformed("length and coding", CHUNKED.strip() + "\r\ncontent-length: 1\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aReplyThatIsNotPlainHttpIsMalformed(String what, String reply) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(misbehaving(_ -> wire(reply)))) {
            HttpMessage answer = edge.exchange("odd");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.field("x-failure")).contains("Malformed");
            assertThat(edge.failures().getFirst().replied()).isTrue();
            servesTwenty(edge);
        }
    }

    @Test
    void aBadChunkBehindGoodOnesIsACut() throws IOException {
        cutAfter(Script.events("data: a\n\n").then(Step.write("nonsense\r\n")), Kind.Malformed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndInsideChunksIsACut(boolean reset) throws IOException {
        cutAfter(
                Script.events("data: a\n\n").then(EdgeFixture.later(30), end(reset)),
                Kind.Truncated);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndInsideADeclaredLengthIsACut(boolean reset) throws IOException {
        cutAfter(
                wire(OK + "content-length: 50\r\n\r\nhalf").then(EdgeFixture.later(30), end(reset)),
                Kind.Truncated);
    }

    @Test
    void aResetIsNoEndOfABodyWithoutFraming() throws IOException {
        cutAfter(
                wire(OK + "\r\nhalf").then(EdgeFixture.later(30), new Step.Reset()),
                Kind.Truncated);
    }

    @Test
    void silenceInsideAReplyIsACut() throws IOException {
        cutAfter(Script.events("data: a\n\n").then(new Step.Stall()), Kind.Timeout);
    }

    @Test
    void aReplyThatNeverEndsIsCutAtTheTotalLimit() throws IOException {
        Script drip = Script.events("data: a\n\n");
        for (int i = 0; i < 30; i++) {
            drip = drip.then(EdgeFixture.later(100), Step.write("1\r\na\r\n"));
        }

        cutAfter(drip, Kind.Timeout);
    }

    @Test
    void aBodyWithoutFramingEndsWithTheConnection() throws IOException {
        odd(
                wire(OK + "\r\nwhole").then(EdgeFixture.later(20), new Step.End()),
                answer -> {
                    assertThat(answer.field("transfer-encoding")).contains("chunked");
                    assertThat(answer.body()).isEqualTo("whole");
                });
    }

    static Stream<Arguments> leftOver() {
        return Stream.of(
                Arguments.of(204, "HTTP/1.1 204 No Content\r\n\r\nstray"),
                Arguments.of(204, "HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nstray"),
                Arguments.of(304, "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\nstray"),
                Arguments.of(200, OK + "content-length: 0\r\n\r\nstray"),
                Arguments.of(200, OK + "content-length: 0\r\n\r\n" + OK + "\r\n"),
                Arguments.of(200, CHUNKED + "0\r\n\r\nstray"));
    }

    @ParameterizedTest
    @MethodSource("leftOver")
    void bytesBehindAReplyNeverReachTheNextOne(int status, String reply) throws IOException {
        odd(
                wire(reply),
                answer -> {
                    assertThat(answer.status()).isEqualTo(status);
                    assertThat(answer.body()).isEmpty();
                });
    }

    @Test
    void lateStrayBytesEndAnIdleConnection() throws IOException {
        Script script =
                wire(OK + "content-length: 2\r\n\r\nok")
                        .then(
                                EdgeFixture.later(2_000),
                                Step.write(OK + "content-length: 6\r\n\r\npoison"));
        try (EdgeFixture edge = EdgeFixture.start(misbehaving(_ -> script))) {
            assertThat(edge.exchange("odd").body()).isEqualTo("ok");
            edge.awaitStats("a connection waits", stats -> stats.upstreamIdle() == 1);

            edge.awaitStats("the idle connection is gone", stats -> stats.upstreamIdle() == 0);

            servesTwenty(edge);
            assertThat(edge.upstream().ledger()).hasSize(2);
        }
    }

    @Test
    void connectionCloseIsTakenAtItsWord() throws IOException {
        try (EdgeFixture edge =
                EdgeFixture.start(
                        misbehaving(_ ->
                                wire(OK + "connection: close\r\ncontent-length: 2\r\n\r\nok")))) {
            HttpMessage answer = edge.exchange("odd");
            servesTwenty(edge);

            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.field("connection")).isEmpty();
            assertThat(edge.upstream().ledger()).hasSize(2);
            assertThat(edge.failures()).isEmpty();
        }
    }

    @Test
    void trailersAndHopByHopLinesAreDropped() throws IOException {
        odd(
                Script.of(
                        Step.write(
                                OK + "connection: x-hop\r\nx-hop: 1\r\nkeep-alive: timeout=1\r\n"),
                        Step.write("transfer-encoding: chunked\r\n\r\n"),
                        Step.write("2\r\nok\r\n0\r\nset-cookie: a=b\r\n\r\n")),
                answer -> {
                    assertThat(answer.rawBody()).isEqualTo("2\r\nok\r\n0\r\n\r\n");
                    assertThat(answer.fields()).containsExactly("transfer-encoding: chunked");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 5\r\n\r\n",
                "transfer-encoding: chunked\r\n\r\n",
                "x-a: b\r\n\r\n",
                "content-length: 0\r\n\r\n"
            })
    void aReplyToHeadHasNoBodyHoweverItIsFramed(String fields) throws IOException {
        try (EdgeFixture edge =
                        EdgeFixture.start(request ->
                                request.message().startLine().startsWith("HEAD")
                                        ? wire(OK + fields)
                                        : EdgeFixture.echo(request));
                RawClient client = edge.client()) {
            client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.send("GET / HTTP/1.1\r\nHost: test\r\nx-id: next\r\n\r\n");

            assertThat(client.responseToHead().status()).isEqualTo(200);
            assertThat(client.response().field("x-id")).contains("next");
        }
    }

    @Test
    void aReplyCutAtEveryByteIsTheSame() throws IOException {
        String reply = CHUNKED + "6\r\ndata: \r\n3\r\na\n\n\r\n0\r\n\r\n";
        Function<Received, Script> scripts =
                request -> {
                    int at = request.index() % reply.length();
                    return Script.of(
                            Step.write(reply.substring(0, at)),
                            EdgeFixture.later(2),
                            Step.write(reply.substring(at)));
                };
        try (EdgeFixture edge = EdgeFixture.start(scripts);
                RawClient client = edge.client()) {
            for (int i = 0; i < reply.length(); i++) {
                client.request("POST / HTTP/1.1", "", "{}");
                assertThat(client.response().body()).isEqualTo("data: a\n\n");
            }

            assertThat(edge.upstream().ledger()).hasSize(1);
        }
    }

    @Test
    void aReplyByteByByteIsTheSame() throws IOException {
        odd(
                wire(CHUNKED + "6\r\ndata: \r\n3\r\na\n\n\r\n0\r\n\r\n")
                        .cutEvery(1, Duration.ofMillis(1)),
                answer -> assertThat(answer.body()).isEqualTo("data: a\n\n"));
    }

    @Test
    void anIdleConnectionThatDiesUnderTheNextRequestSaysSo() throws IOException {
        try (EdgeFixture edge =
                EdgeFixture.start(request ->
                        request.index() == 2
                                ? Script.of(new Step.End())
                                : EdgeFixture.echo(request))) {
            edge.exchange("first");
            HttpMessage second = edge.exchange("second");

            assertThat(second.field("x-failure")).contains("Closed");
            assertThat(edge.failures())
                    .singleElement()
                    .isEqualTo(
                            new TransportFailure(
                                    Kind.Closed,
                                    "the upstream closed the connection",
                                    true,
                                    true,
                                    false));
        }
    }

    @Test
    void aNewConnectionThatDiesAtOnceIsNotReused() throws IOException {
        failsWith(Script.of(new Step.Reset()), Kind.Closed, false);
    }

    @Test
    void anEndInsideTheHeadIsTruncated() throws IOException {
        failsWith(wire("HTTP/1.1 200").then(new Step.End()), Kind.Truncated, true);
    }

    @Test
    void noFirstByteInTimeIsATimeout() throws IOException {
        failsWith(Script.of(new Step.Stall()), Kind.Timeout, false);
    }

    @Test
    void silenceInsideTheHeadIsATimeout() throws IOException {
        failsWith(wire("HTTP/1.1 200").then(new Step.Stall()), Kind.Timeout, true);
    }

    @Test
    void aRefusedConnectionIsConnect() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        cannotCall(EdgeFixture.local(port), Kind.Connect);
    }

    @Test
    void aNameWithoutAnAddressIsDns() throws IOException {
        cannotCall(
                new Endpoint("no-such-host.invalid", 80, TlsProfile.CLEAR, EdgeFixture.LOCAL),
                Kind.Dns);
    }

    @Test
    void aLoopbackAddressIsForbiddenWithoutItsPermission() throws IOException {
        EgressPolicy strict = new EgressPolicy(false, List.of(), "");

        cannotCall(new Endpoint("127.0.0.1", 80, TlsProfile.CLEAR, strict), Kind.Forbidden);
        cannotCall(new Endpoint("127.0.0.1", 443, TlsProfile.PLATFORM, strict), Kind.Forbidden);
        cannotCall(new Endpoint("localhost", 443, TlsProfile.PLATFORM, strict), Kind.Forbidden);
        cannotCall(new Endpoint("127.1", 443, TlsProfile.PLATFORM, strict), Kind.Forbidden);
    }

    @Test
    void aHostNameIsResolvedAndCalled() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            int port = edge.upstream().address().getPort();
            edge.endpoint(new Endpoint("localhost", port, TlsProfile.CLEAR, EdgeFixture.LOCAL));

            assertThat(edge.exchange("named").body()).startsWith("named");
        }
    }

    @Test
    void callsBeyondThePoolWaitTheirTurnAndThenFail() throws IOException {
        Function<Received, Script> slow =
                request ->
                        Script.of(EdgeFixture.later(200))
                                .then(EdgeFixture.echo(request).steps().toArray(Step[]::new));
        try (EdgeFixture edge = EdgeFixture.start(Limits.pool(1, 1), slow);
                RawClient first = edge.client();
                RawClient second = edge.client();
                RawClient third = edge.client()) {
            first.request("POST / HTTP/1.1", "x-id: 1\r\n", "");
            edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
            second.request("POST / HTTP/1.1", "x-id: 2\r\n", "");
            edge.awaitStats("waits", stats -> stats.requests() == 2);
            third.request("POST / HTTP/1.1", "x-id: 3\r\n", "");

            assertThat(third.response().field("x-failure")).contains("PoolExhausted");
            assertThat(first.response().field("x-id")).contains("1");
            assertThat(second.response().field("x-id")).contains("2");
            assertThat(edge.upstream().ledger()).hasSize(1);
        }
    }

    @Test
    void aCallThatWaitsTooLongForTheOnlyConnectionFails() throws IOException {
        try (EdgeFixture edge =
                        EdgeFixture.start(Limits.pool(1, 5), _ -> Script.of(new Step.Stall()));
                RawClient second = edge.client()) {
            try (RawClient first = edge.client()) {
                first.request("POST / HTTP/1.1", "", "");
                edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
                second.request("POST / HTTP/1.1", "", "");

                assertThat(second.response().field("x-failure")).contains("PoolExhausted");
            }
        }
    }

    /// Serves `odd` by the given script and every other request well.
    private static Function<Received, Script> misbehaving(Function<Received, Script> odd) {
        return request ->
                request.message().field("x-id").filter("odd"::equals).isPresent()
                        ? odd.apply(request)
                        : EdgeFixture.echo(request);
    }

    private static void odd(Script script, java.util.function.Consumer<HttpMessage> check)
            throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(misbehaving(_ -> script))) {
            HttpMessage answer = edge.exchange("odd");

            check.accept(answer);
            servesTwenty(edge);
            assertThat(edge.failures()).isEmpty();
        }
    }

    private static void cutAfter(Script script, Kind kind) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(misbehaving(_ -> script)).timeouts(SHORT)) {
            assertThatThrownBy(() -> edge.exchange("odd")).isInstanceOf(EOFException.class);

            assertThat(edge.failures()).extracting(TransportFailure::kind).containsExactly(kind);
            servesTwenty(edge);
        }
    }

    private static void failsWith(Script script, Kind kind, boolean replied) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(misbehaving(_ -> script)).timeouts(SHORT)) {
            assertThat(edge.exchange("odd").field("x-failure")).contains(kind.name());

            TransportFailure failure = edge.failures().getFirst();
            assertThat(failure.reused()).isFalse();
            assertThat(failure.sent()).isTrue();
            assertThat(failure.replied()).isEqualTo(replied);
            servesTwenty(edge);
        }
    }

    private static void cannotCall(Endpoint endpoint, Kind kind) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            Endpoint good = edge.endpoint();
            edge.endpoint(endpoint);
            assertThat(edge.exchange("odd").field("x-failure")).contains(kind.name());

            assertThat(edge.failures().getFirst().sent()).isFalse();
            edge.endpoint(good);
            servesTwenty(edge);
        }
    }

    private static void servesTwenty(EdgeFixture edge) throws IOException {
        Poll.untilTrue(
                EdgeFixture.PATIENCE,
                () -> "the odd call ended",
                () -> edge.server().stats().upstreamLeased() == 0);
        try (RawClient client = edge.client()) {
            for (int i = 0; i < 20; i++) {
                client.request("POST /" + i + " HTTP/1.1", "x-id: " + i + "\r\n", "body");
                HttpMessage answer = client.response();
                assertThat(answer.field("x-id")).contains(String.valueOf(i));
                assertThat(answer.body()).isEqualTo(i + " POST /" + i + " HTTP/1.1");
            }
        }
    }

    private static Step end(boolean reset) {
        return reset ? new Step.Reset() : new Step.End();
    }

    private static Script wire(String reply) {
        return Script.of(Step.write(reply));
    }

    private static Arguments malformed(String what, String reply) {
        return Arguments.of(what, reply);
    }
}
