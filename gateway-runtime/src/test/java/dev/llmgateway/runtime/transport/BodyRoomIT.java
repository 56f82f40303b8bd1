package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Room for request bodies (reliability-security.md R3): no more is held than the budget, who waits
/// is served in turn or told to come again, and no holder starves another.
class BodyRoomIT {
    private static final int MIB = 1 << 20;
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: test\r\n";

    @Test
    void twiceAsManyBodiesAsThereIsRoomForAreAllServedInTurn() throws Exception {
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(4L * MIB, 16L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpMessage>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String body = String.valueOf((char) ('a' + i)).repeat(4 * MIB);
                answers.add(clients.submit(posting(edge, "", body)));
            }
            long most = mostHeldUntil(edge, answers);

            for (Future<HttpMessage> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
            assertThat(most).isBetween(4L * MIB, 16L * MIB);
            assertThat(edge.upstream().received())
                    .extracting(request -> request.message().body())
                    .allMatch(body -> body.length() == 4 * MIB)
                    .allMatch(body -> body.chars().allMatch(c -> c == body.charAt(0)))
                    .doesNotHaveDuplicates()
                    .hasSize(8);
        }
    }

    private static long mostHeldUntil(EdgeFixture edge, List<Future<HttpMessage>> answers) {
        long[] most = {0};
        Poll.untilTrue(
                EdgeFixture.PATIENCE.multipliedBy(3),
                () -> "all answered",
                () -> {
                    most[0] = Math.max(most[0], edge.server().stats().bufferedBodyBytes());
                    return answers.stream().allMatch(Future::isDone);
                });
        return most[0];
    }

    @Test
    void aHolderHasAQuarterAndCannotStarveAnother() throws IOException {
        HttpLimits limits = Limits.small().withBodies(4L * MIB, 16L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient first = edge.client();
                RawClient greedy = edge.client();
                RawClient greedier = edge.client();
                RawClient other = edge.client()) {
            first.send(declared("greedy", 3 * MIB) + "a".repeat(3 * MIB - 1));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 3L * MIB);
            greedy.send(declared("greedy", 2 * MIB) + "b".repeat(100));
            greedier.send(chunked("greedy", 2 * MIB));

            other.send(declared("other", 4 * MIB) + "c".repeat(4 * MIB));

            assertThat(other.response().status()).isEqualTo(200);
            assertThat(greedy.response().status()).isEqualTo(503);
            assertThat(greedier.response().status()).isEqualTo(503);
            assertThat(first.send("a").response().status()).isEqualTo(200);
        }
    }

    @Test
    void whoWaitsForAShareIsWokenByWhatItsHolderGivesBack() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(4L * MIB, 16L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient first = edge.client();
                RawClient second = edge.client()) {
            first.send(declared("one", 3 * MIB) + "a".repeat(3 * MIB - 1));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 3L * MIB);
            second.send(
                    POST
                            + "x-holder: one\r\nExpect: 100-continue\r\nContent-Length: "
                            + 2 * MIB
                            + "\r\n\r\n");

            assertThat(first.send("a").response().status()).isEqualTo(200);

            assertThat(second.response().status()).isEqualTo(100);
            assertThat(second.send("b".repeat(2 * MIB)).response().status()).isEqualTo(200);
        }
    }

    @Test
    void aLoneBodyAlwaysFitsHoweverItArrives() throws IOException {
        HttpLimits limits = Limits.small().withBodies(4L * MIB, MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient client = edge.client()) {
            client.send(declared("one", 3 * MIB) + "a".repeat(3 * MIB));
            assertThat(client.response().status()).isEqualTo(200);
            client.send(chunked("one", 3 * MIB));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void bodiesOfUnknownLengthThatBlockEachOtherAreAllAnswered() throws Exception {
        HttpLimits limits = Limits.patient().withBodies(4L * MIB, 4L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpMessage>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(
                        clients.submit(() -> {
                            try (RawClient client = edge.client()) {
                                return client.send(chunked("", 3 * MIB)).response();
                            }
                        }));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpMessage> answer : answers) {
                statuses.add(answer.get().status());
            }

            assertThat(statuses).containsOnly(200, 503).contains(200);
        }
    }

    @Test
    void aLargerBudgetWakesWhoWaits() throws IOException {
        HttpLimits small = HttpLimits.DEFAULT.withBodies(4L * MIB, 4L * MIB);
        try (EdgeFixture edge = EdgeFixture.start(small, EdgeFixture::echo);
                RawClient holder = edge.client();
                RawClient client = edge.client()) {
            holder.send(declared("", 4 * MIB) + "a".repeat(100));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == 4L * MIB);
            client.send(declared("", MIB) + "b".repeat(MIB));
            edge.awaitStats("asked", stats -> stats.requests() == 2);

            edge.server().limits(HttpLimits.DEFAULT);

            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerInTheMiddleOfABodyLeavesNothingHeld() throws IOException {
        try (EdgeFixture edge = EdgeFixture.start(EdgeFixture::echo);
                RawClient client = edge.client()) {
            edge.handler((_, downstream) -> new Hasty(downstream));

            client.send(declared("", 10_000) + "a".repeat(5_000));
            assertThat(client.response().status()).isEqualTo(422);
            client.send("a".repeat(5_000) + declared("", 10_000) + "a".repeat(5_000));
            assertThat(client.response().status()).isEqualTo(422);
            client.send("a".repeat(5_000) + declared("", 3) + "abc" + declared("", 3) + "abc");
            assertThat(client.response().status()).isEqualTo(422);
            assertThat(client.response().status()).isEqualTo(422);
            edge.awaitStats("given back", stats -> stats.bufferedBodyBytes() == 0);
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsIsForgotten() throws IOException {
        HttpLimits limits = HttpLimits.DEFAULT.withBodies(MIB, MIB);
        try (EdgeFixture edge = EdgeFixture.start(limits, EdgeFixture::echo);
                RawClient holder = edge.client()) {
            holder.send(declared("", MIB) + "a".repeat(100));
            edge.awaitStats("held", stats -> stats.bufferedBodyBytes() == MIB);
            try (RawClient client = edge.client()) {
                client.send(declared("", MIB) + "b".repeat(100));
                edge.awaitStats("asked", stats -> stats.requests() == 2);
            }
            edge.awaitStats("left", stats -> stats.clientConnections() == 1);

            assertThat(holder.send("a".repeat(MIB - 100)).response().status()).isEqualTo(200);
            assertThat(edge.closes()).containsExactly(RequestConsumer.CloseReason.ClientLeft);
        }
    }

    private static Callable<HttpMessage> posting(EdgeFixture edge, String holder, String body) {
        return () -> {
            try (RawClient client = edge.client()) {
                return client.send(declared(holder, body.length()) + body).response();
            }
        };
    }

    private static String declared(String holder, int length) {
        return POST + "x-holder: " + holder + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String chunked(String holder, int length) {
        return POST
                + "x-holder: "
                + holder
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(length)
                + "\r\n"
                + "d".repeat(length)
                + "\r\n0\r\n\r\n";
    }

    /// Answers as soon as it sees anything.
    private record Hasty(Downstream downstream) implements RequestConsumer {
        @Override
        public void peek(ByteBuf chunk) {
            downstream.respond(new Response(422, new HeaderLines(), "enough", false));
        }

        @Override
        public void body(RequestBody body) {
            throw new AssertionError("nobody reads it any more");
        }

        @Override
        public void writable() {
            // Nothing was held back.
        }

        @Override
        public void closed(CloseReason reason) {
            throw new AssertionError("it was answered");
        }
    }
}
