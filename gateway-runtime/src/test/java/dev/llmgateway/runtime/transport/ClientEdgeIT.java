package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.transport.RequestConsumer.CloseReason;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientEdgeIT {
    private static final int MIB = 1 << 20;
    private static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: test\r\n";

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(ClientEdgeIT::firstOneLate);
                RawClient client = edge.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                requests.append(POST).append("x-id: ").append(i);
                requests.append("\r\nContent-Length: 5\r\n\r\nhello");
            }

            client.send(requests.toString());

            for (int i = 0; i < 12; i++) {
                assertThat(client.response().field("x-id")).contains(String.valueOf(i));
            }
        }
    }

    @Test
    void requestsCutAtEveryByteAreServed() throws IOException {
        String wire = POST + "x-id: cut\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            for (int cut = 1; cut < wire.length(); cut++) {
                client.send(wire.substring(0, cut)).send(wire.substring(cut));

                assertThat(client.response().status()).isEqualTo(200);
            }

            assertThat(edge.upstream().received())
                    .allMatch(request -> request.message().body().equals("abc"));
        }
    }

    @Test
    void anAnswerOnTheHeadNeedsNoBodyAndNoContinue() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo).early(_ -> refusal());
                RawClient client = edge.client()) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: 500000\r\n\r\n");
            HttpMessage answer = client.response();

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.field("connection")).contains("close");
            assertThat(client.ended()).isTrue();
            assertThat(edge.peeked()).isZero();
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @Test
    void continueIsSentWhenTheBodyIsWanted() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");

            assertThat(client.response().status()).isEqualTo(100);
            assertThat(client.send("hello").response().status()).isEqualTo(200);
        }
    }

    @Test
    void theConnectionIsKeptBehindASmallBodyThatNobodyReads() throws IOException {
        try (EdgeFixture edge =
                        EdgeFixture.start(EdgeFixture::echo)
                                .early(head ->
                                        head.path().equals("/refused")
                                                ? refusal()
                                                : Optional.empty());
                RawClient client = edge.client()) {
            client.send(
                    "POST /refused HTTP/1.1\r\nHost: test\r\nContent-Length: 2000\r\n\r\n"
                            + "a".repeat(1_000));
            HttpMessage refused = client.response();
            client.send("a".repeat(1_000) + GET + "x-id: next\r\n\r\n");

            assertThat(refused.field("connection")).isEmpty();
            assertThat(client.response().field("x-id")).contains("next");
        }
    }

    @Test
    void anEarlyAnswerIsReadableBehindThreeMegabytesThatNobodyReads() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo).early(_ -> refusal());
                RawClient client = edge.client()) {
            client.send(POST + "Content-Length: " + 3 * MIB + "\r\n\r\n" + "a".repeat(3 * MIB));

            assertThat(client.response().status()).isEqualTo(401);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aBodyOf32MebibytesIsTakenAndAByteMoreIsNot() throws IOException {
        int most = 32 * MIB;
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client();
                RawClient second = edge.client()) {
            client.send(POST + "Content-Length: " + most + "\r\n\r\n");
            for (int i = 0; i < 32; i++) {
                client.send("b".repeat(MIB));
            }
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.upstream().received().getFirst().message().body()).hasSize(most);

            second.send(POST + "Content-Length: " + (most + 1) + "\r\n\r\n");
            assertThat(second.response().status()).isEqualTo(413);
            assertThat(second.ended()).isTrue();
            assertThat(edge.peeked()).isEqualTo(most);
            assertThat(edge.closes()).containsExactly(CloseReason.BadFraming);
        }
    }

    @Test
    void aChunkedBodyIsRefusedOnceItExceedsTheLimit() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(100_000, MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n186a0\r\n");
            client.send("c".repeat(100_000) + "\r\n");
            Poll.untilTrue(EdgeFixture.PATIENCE, () -> "taken", () -> edge.peeked() == 100_000);

            assertThat(client.send("1\r\nc\r\n").response().status()).isEqualTo(413);
            assertThat(client.ended()).isTrue();
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @Test
    void aBodyThatFindsNoRoomIsAnswered503AfterTheWait() throws IOException {
        HttpLimits limits = Limits.small().withBodies(MIB, 100_000);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient holder = edge.client();
                RawClient client = edge.client()) {
            holder.send(POST + "Content-Length: 90001\r\n\r\n" + "a".repeat(90_000));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 90_001);

            client.send(POST + "Content-Length: 50000\r\n\r\n" + "b".repeat(50_000));

            assertThat(client.response().status()).isEqualTo(503);
            assertThat(holder.send("a").response().status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatWaitsForRoomIsServedWhenThereIsSome() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(MIB, 100_000);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient holder = edge.client();
                RawClient client = edge.client()) {
            holder.send(POST + "Content-Length: 90001\r\n\r\n" + "a".repeat(90_000));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 90_001);
            client.send(
                    POST
                            + "Content-Length: 50000\r\n\r\n"
                            + "b".repeat(50_000)
                            + GET
                            + "x-id: 2\r\n\r\n");

            assertThat(holder.send("a").response().status()).isEqualTo(200);

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().field("x-id")).contains("2");
        }
    }

    @Test
    void aSlowHeadEndsTheConnection() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.small(), EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send("GET / HTTP/1.1\r\nHos");

            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aHeadThatArrivesSlowlyBehindAnEarlierRequestEndsTheConnectionToo() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.slowHead(), EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(GET + "\r\nGET / HTTP/1.1\r\nHos");

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.small(), EdgeFixture::echo);
                RawClient client = edge.client()) {
            assertThat(client.send(GET + "\r\n").response().status()).isEqualTo(200);

            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aSlowBodyIsAnswered408() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(Limits.small(), EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(POST + "Content-Length: 10000\r\n\r\nabc");

            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.ended()).isTrue();
            assertThat(edge.closes()).containsExactly(CloseReason.ClientTooSlow);
        }
    }

    @Test
    void connectionCloseIsHonoured() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            HttpMessage answer = client.send(GET + "Connection: Close\r\n\r\n").response();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("connection")).contains("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesInsideAReplyCancelsTheCallAtOnce() throws IOException {
        try (EdgeFixture edge =
                EdgeFixture.start(_ -> Script.events("data: a\n\n").then(new Step.Stall()))) {
            try (RawClient client = edge.client()) {
                client.request("POST / HTTP/1.1", "", "{}");
                assertThat(client.reader().line()).startsWith("HTTP/1.1 200");
            }

            edge.awaitQuiet();
            assertThat(edge.closes()).containsExactly(CloseReason.ClientLeft);
            assertThat(edge.failures()).isEmpty();
        }
    }

    @Test
    void aClientThatResetsBeforeAReplyCancelsTheCallAtOnce() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(_ -> Script.of(new Step.Stall()));
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "", "{}");
            edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "received",
                    () -> edge.upstream().received().size() == 1);

            client.reset();

            edge.awaitQuiet();
            assertThat(edge.closes()).containsExactly(CloseReason.ClientLeft);
        }
    }

    @Test
    void aClientThatLeavesInsideItsBodyLeavesNothingBehind() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            try (RawClient client = edge.client()) {
                client.send(POST + "Content-Length: 100000\r\n\r\n" + "a".repeat(70_000));
                edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 100_000);
                Poll.untilTrue(EdgeFixture.PATIENCE, () -> "seen", () -> edge.peeked() == 70_000);
            }

            edge.awaitQuiet();
            assertThat(edge.closes()).containsExactly(CloseReason.ClientLeft);
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @Test
    void aReplyThatHasBegunIsCutWhenTheBodyBehindItIsBad() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo).streamEarly("begun");
                RawClient client = edge.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            assertThat(client.reader().line()).isEqualTo("HTTP/1.1 200 OK\r\n");

            client.send("nonsense\r\n");

            assertThat(client.reader().rest())
                    .doesNotContain("HTTP/1.1")
                    .doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void aClientWithHalfAnAnswerSeesACut() throws IOException {
        try (EdgeFixture edge =
                        EdgeFixture.start(_ -> Script.events("data: a\n\n").then(new Step.End()));
                RawClient client = edge.client()) {
            client.request("POST / HTTP/1.1", "", "{}");

            assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
            assertThat(edge.upstream().ledger().getFirst().ending())
                    .isEqualTo(FaultUpstream.Ending.ByScript);
        }
    }

    private static Script firstOneLate(Received request) {
        Step pause = EdgeFixture.later(request.index() == 1 ? 100 : 0);
        return Script.of(pause).then(EdgeFixture.echo(request).steps().toArray(Step[]::new));
    }

    private static Optional<Response> refusal() {
        return Optional.of(new Response(401, new HeaderLines().add("x-a", "b"), "no", false));
    }
}
