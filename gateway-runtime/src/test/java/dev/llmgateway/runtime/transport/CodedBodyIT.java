package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.runtime.transport.RequestConsumer.CloseReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compressed request bodies over real sockets (reliability-security.md S17): the upstream gets
/// them decoded, and nothing they hold outlives them, however they end.
class CodedBodyIT {
    private static final int MIB = 1 << 20;
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: test\r\n";
    private static final byte[] PLAIN = Coded.bytes("{\"text\":\"" + "abc ".repeat(500) + "\"}");

    @ParameterizedTest
    @EnumSource
    void theUpstreamGetsTheDecodedBodyAndItsLength(Coded.How how) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            for (boolean chunked : new boolean[] {false, true}) {
                client.send(head(how, how.code(PLAIN), chunked, ""));
                client.send(framed(how.code(PLAIN), chunked));

                assertThat(client.response().status()).isEqualTo(200);
            }

            assertThat(edge.upstream().received())
                    .hasSize(2)
                    .allSatisfy(request -> {
                        assertThat(request.message().body()).isEqualTo(Coded.latin1(PLAIN));
                        assertThat(request.message().field("content-length"))
                                .contains(String.valueOf(PLAIN.length));
                        assertThat(request.message().field("content-encoding")).isEmpty();
                    });
            assertThat(edge.peeked()).isEqualTo(2L * PLAIN.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyCutAtEveryByteIsDecoded(Coded.How how) throws IOException {
        byte[] plain = Coded.bytes("{\"model\":\"m\"}");
        String coded = Coded.latin1(how.code(plain));
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            for (int cut = 1; cut < coded.length(); cut++) {
                client.send(
                        POST
                                + "Content-Encoding: "
                                + how.header()
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk(coded.substring(0, cut)));
                client.send(chunk(coded.substring(cut)) + "0\r\n\r\n");

                assertThat(client.response().status()).isEqualTo(200);
            }

            assertThat(edge.upstream().received())
                    .allMatch(request -> request.message().body().equals(Coded.latin1(plain)));
        }
    }

    @Test
    void zstdIsKnownByItsFirstBytesWhereverTheyAreCut() throws IOException {
        String coded = Coded.latin1(Coded.How.ZstdWhole.code(PLAIN));
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            for (int cut = 1; cut < 8; cut++) {
                client.send(
                        POST
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk(coded.substring(0, cut)));
                client.send(chunk(coded.substring(cut)) + "0\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(200);
            }
            client.send(POST + "Content-Length: " + coded.length() + "\r\n\r\n" + coded);
            assertThat(client.response().status()).isEqualTo(200);

            assertThat(edge.upstream().received())
                    .hasSize(8)
                    .allMatch(request -> request.message().body().equals(Coded.latin1(PLAIN)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(\u00b5", "(\u00b5/", "(\u00b5/x", "(\u00b5/\u00fc", "(a) plain"})
    void whatOnlyBeginsLikeZstdIsPassedAsItIs(String body) throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            for (int cut = 1; cut <= body.length(); cut++) {
                client.send(
                        POST
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk(body.substring(0, cut)));
                client.send(chunk(body.substring(cut)) + "0\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(200);
            }

            assertThat(edge.upstream().received())
                    .allMatch(request -> request.message().body().equals(body));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsEndIsWhereItSaysNoByteSoonerOrLater(Coded.How how) throws IOException {
        byte[] coded = how.code(PLAIN);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            for (int missing : new int[] {1, 2, 5, coded.length / 2, coded.length - 1}) {
                assertThat(refused(edge, how, Arrays.copyOf(coded, coded.length - missing)))
                        .as("%d bytes missing", missing)
                        .isEqualTo(400);
            }
            byte[] behind = Arrays.copyOf(coded, coded.length + 1);
            assertThat(refused(edge, how, behind)).isEqualTo(400);
            byte[] twice = Arrays.copyOf(coded, 2 * coded.length);
            System.arraycopy(coded, 0, twice, coded.length, coded.length);
            assertThat(refused(edge, how, twice)).as("a second member or frame").isEqualTo(400);

            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyCorruptAtAnyByteIsRefusedOrWhatWasSent(Coded.How how) throws IOException {
        byte[] coded = how.code(PLAIN);
        Random random = new Random(how.name().hashCode());
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            int refusals = 0;
            for (int i = 0; i < 60; i++) {
                byte[] corrupt = coded.clone();
                corrupt[random.nextInt(coded.length)] ^= (byte) (1 + random.nextInt(255));
                refusals += refused(edge, how, corrupt) == 400 ? 1 : 0;
            }

            assertThat(refusals).isGreaterThan(20);
            assertThat(edge.upstream().received())
                    .allMatch(request ->
                            how == Coded.How.ZstdWhole
                                    || request.message().body().equals(Coded.latin1(PLAIN)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Gzip", "ZstdStreamed"})
    void aBombOfAGibibyteIsRefusedAtOnce(Coded.How how) throws IOException {
        byte[] bomb = Coded.zeros(how, 1_024);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThat(refused(edge, how, bomb)).isEqualTo(413);

            assertThat(edge.peeked()).isLessThan(2L * MIB + bomb.length);
            assertThat(edge.upstream().received()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Gzip", "ZstdStreamed"})
    void aBombInABombIsDecodedOnce(Coded.How how) throws IOException {
        byte[] inner = Coded.zeros(how, 64);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThat(refused(edge, how, how.code(inner))).isEqualTo(200);

            assertThat(edge.upstream().received().getFirst().message().body())
                    .isEqualTo(Coded.latin1(inner));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRatioOf100IsServedBelowAMebibyteAndAbove(Coded.How how) throws IOException {
        byte[] small = new byte[MIB]; // far beyond 100, but small
        byte[] large = new byte[3 * MIB];
        new Random(1).nextBytes(large);
        Arrays.fill(large, MIB / 10, large.length, (byte) 'a'); // about 30
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThat(refused(edge, how, how.code(small))).isEqualTo(200);
            assertThat(refused(edge, how, how.code(large))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Gzip", "ZstdStreamed"})
    void theDecodedBodyMayBe32MebibytesAndNotAByteMore(Coded.How how) throws IOException {
        byte[] most = new byte[32 * MIB];
        byte[] noise = new byte[MIB];
        new Random(2).nextBytes(noise);
        System.arraycopy(noise, 0, most, 0, MIB);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThat(refused(edge, how, how.code(most))).isEqualTo(200);
            assertThat(refused(edge, how, how.code(Arrays.copyOf(most, most.length + 1))))
                    .isEqualTo(413);

            assertThat(edge.upstream().received()).hasSize(1);
            assertThat(edge.upstream().received().getFirst().message().body())
                    .isEqualTo(Coded.latin1(most));
        }
    }

    @Test
    void aZstdFrameThatNeedsMoreThan8MebibytesOfWindowIsRefused() throws IOException {
        byte[] plain = new byte[200_000];
        new Random(3).nextBytes(plain);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            assertThat(refused(edge, Coded.How.ZstdStreamed, Coded.windowed(plain, 23)))
                    .isEqualTo(200);
            assertThat(refused(edge, Coded.How.ZstdStreamed, Coded.windowed(plain, 24)))
                    .isEqualTo(400);
        }
    }

    @Test
    void theBodyIsContinuedAndThenDecoded() throws IOException {
        byte[] coded = Coded.How.Gzip.code(PLAIN);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(head(Coded.How.Gzip, coded, false, "Expect: 100-continue\r\n"));
            assertThat(client.response().status()).isEqualTo(100);

            assertThat(client.send(Coded.latin1(coded)).response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatLeavesInsideLeavesNothingBehind(Coded.How how) throws IOException {
        byte[] noise = new byte[300_000];
        new Random(4).nextBytes(noise);
        byte[] coded = how.code(noise);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo)) {
            try (RawClient client = edge.client()) {
                client.send(head(how, coded, false, ""));
                client.send(Coded.latin1(coded).substring(0, coded.length / 2));
                Poll.untilTrue(EdgeFixture.PATIENCE, () -> "seen", () -> edge.peeked() > 60_000);
                client.reset();
            }

            edge.awaitQuiet();
            assertThat(edge.closes()).containsExactly(CloseReason.ClientLeft);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itWaitsForRoomLikeAnyOther(Coded.How how) throws IOException {
        byte[] noise = new byte[400_000];
        new Random(5).nextBytes(noise);
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(MIB, 4L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient holder = edge.client();
                RawClient client = edge.client()) {
            holder.send(POST + "Content-Length: " + MIB + "\r\n\r\n" + "a".repeat(MIB - 1));
            RawClient[] more = {edge.client(), edge.client(), edge.client()};
            for (RawClient other : more) {
                other.send(POST + "Content-Length: " + (MIB - 1_000) + "\r\n\r\n");
            }
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 4L * MIB - 3_000);
            client.send(head(how, how.code(noise), false, ""));
            client.send(framed(how.code(noise), false));

            assertThat(holder.send("a").response().status()).isEqualTo(200);
            for (RawClient other : more) {
                other.close();
            }

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(edge.upstream().received())
                    .anyMatch(request -> request.message().body().equals(Coded.latin1(noise)));
        }
    }

    @Test
    void aPipelinedRequestBehindALargeOneIsServed() throws IOException {
        byte[] plain = new byte[8 * MIB];
        new Random(6).nextBytes(plain);
        Arrays.fill(plain, MIB, plain.length, (byte) 'a');
        byte[] coded = Coded.How.ZstdStreamed.code(plain);
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(
                    head(Coded.How.ZstdStreamed, coded, true, "x-id: 1\r\n")
                            + framed(coded, true)
                            + "GET / HTTP/1.1\r\nHost: test\r\nx-id: 2\r\n\r\n");

            assertThat(client.response().field("x-id")).contains("1");
            assertThat(client.response().field("x-id")).contains("2");
        }
    }

    /// R24: other requests on the loop are served between the pieces.
    @ParameterizedTest
    @EnumSource(names = {"Gzip", "ZstdStreamed"})
    void aLargeBodyIsDecodedInTurnsThatLeaveTheLoopToOthers(Coded.How how) throws IOException {
        byte[] plain = new byte[4 * MIB];
        new Random(7).nextBytes(plain);
        Arrays.fill(plain, MIB / 8, plain.length, (byte) 'a');
        String coded = Coded.latin1(how.code(plain));
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            Turns turns = new Turns(edge);
            edge.onLoop(turns::take);

            client.send(head(how, how.code(plain), false, "") + coded);
            assertThat(client.response().status()).isEqualTo(200);

            turns.over = true;
            assertThat(edge.peeked()).isEqualTo(plain.length);
            assertThat(turns.most).isPositive().isLessThanOrEqualTo(2L * MIB);
        }
    }

    private static int refused(EdgeFixture edge, Coded.How how, byte[] coded) throws IOException {
        try (RawClient client = edge.client()) {
            client.send(head(how, coded, false, "") + Coded.latin1(coded));
            HttpMessage answer = client.response();
            if (answer.status() != 200) {
                assertThat(answer.field("connection")).contains("close");
            }
            return answer.status();
        }
    }

    private static String head(Coded.How how, byte[] coded, boolean chunked, String fields) {
        return POST
                + fields
                + "Content-Encoding: "
                + how.header()
                + "\r\n"
                + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + coded.length)
                + "\r\n\r\n";
    }

    private static String framed(byte[] coded, boolean chunked) {
        String text = Coded.latin1(coded);
        return chunked ? chunk(text) + "0\r\n\r\n" : text;
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /// Somebody else on the loop, who sees how much was decoded since his last turn.
    private static final class Turns {
        private final EdgeFixture edge;
        private long seen;
        private volatile long most;
        private volatile boolean over;

        private Turns(EdgeFixture edge) {
            this.edge = edge;
        }

        private void take() {
            long now = edge.peeked();
            most = Math.max(most, now - seen);
            seen = now;
            if (!over) {
                edge.onLoop(this::take);
            }
        }
    }
}
