package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.transport.NameServer.Addresses;
import dev.llmgateway.runtime.transport.NameServer.Alias;
import dev.llmgateway.runtime.transport.NameServer.Answer;
import dev.llmgateway.runtime.transport.NameServer.Code;
import dev.llmgateway.runtime.transport.NameServer.Late;
import dev.llmgateway.runtime.transport.NameServer.Silence;
import dev.llmgateway.runtime.transport.NameServer.Truncated;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What name servers do wrong (reliability-security.md R19). Every reply closes its connection, so
/// that every call needs the name.
class NamesIT {
    private static final String HOST = "host.test";
    private static final Answer GOOD = new Addresses(List.of("127.0.0.1"), 60);
    private static final Script REPLY = Script.answer(200, "connection: close\r\n", "ok");

    private static final CallTimeouts SHORT = new CallTimeouts(600, 500, 5_000, 5_000, 9_000);

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("NXDOMAIN", new Code(3)),
                Arguments.of("SERVFAIL", new Code(2)),
                Arguments.of("REFUSED", new Code(5)),
                Arguments.of("no data", new Addresses(List.of(), 60)),
                Arguments.of("silence", new Silence()),
                Arguments.of("too late", new Late(2_000, GOOD)),
                Arguments.of("an alias of itself", new Alias(HOST, List.of())),
                Arguments.of("an alias of nothing", new Alias("other.test", List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aNameThatIsNotResolvedFailsWithinTheConnectTimeoutAndBlocksNobody(
            String what, Answer answer) throws IOException {
        try (NameServer names = new NameServer(_ -> answer);
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY);
                RawClient waiting = edge.client()) {
            Endpoint literal = edge.endpoint();
            named(edge);
            long started = System.nanoTime();
            waiting.request("POST / HTTP/1.1", "", "");
            edge.awaitStats("under way", stats -> stats.requests() == 1);
            edge.endpoint(literal);
            assertThat(edge.exchange("other").status()).isEqualTo(200);

            assertThat(waiting.response().field("x-failure")).contains(Kind.Dns.name());

            assertThat(since(started)).isLessThan(Duration.ofMillis(1_600));
            long asked = names.asked(HOST + ".");
            named(edge);
            for (int i = 0; i < 10; i++) {
                assertThat(edge.exchange("soon").status()).isEqualTo(502);
            }
            assertThat(names.asked(HOST + ".") - asked).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aNameThatComesToBeIsFoundWithinFiveSeconds() throws IOException {
        try (NameServer names = new NameServer(_ -> new Code(3));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            assertThat(edge.exchange("missing").status()).isEqualTo(502);

            names.script(_ -> GOOD);

            Poll.untilTrue(
                    Duration.ofSeconds(5),
                    () -> "the name is not found",
                    () -> status(edge) == 200);
        }
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of("silence", new Silence()), Arguments.of("SERVFAIL", new Code(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void theLastAnswerServesWhileTheResolverIsDown(String what, Answer outage) throws IOException {
        try (NameServer names = new NameServer(_ -> new Addresses(List.of("127.0.0.1"), 0));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            assertThat(edge.exchange("first").status()).isEqualTo(200);
            names.script(_ -> outage);
            long asked = names.asked(HOST + ".");

            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> "the name is asked for again",
                    () -> status(edge) != 200 || names.asked(HOST + ".") > asked);

            for (int i = 0; i < 10; i++) {
                long started = System.nanoTime();
                assertThat(edge.exchange("stale").status()).isEqualTo(200);
                assertThat(since(started)).isLessThan(Duration.ofMillis(1_500));
            }
            assertThat(edge.failures()).isEmpty();
        }
    }

    @Test
    void aNameThatIsGoneIsNotServedFromMemory() throws IOException {
        try (NameServer names = new NameServer(_ -> new Addresses(List.of("127.0.0.1"), 0));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            assertThat(edge.exchange("first").status()).isEqualTo(200);

            names.script(_ -> new Code(3));

            Poll.untilTrue(
                    Duration.ofSeconds(5), () -> "it is still served", () -> status(edge) == 502);
            assertThat(edge.failures().getFirst().kind()).isEqualTo(Kind.Dns);
        }
    }

    @Test
    void aSilentNameServerIsLeftForTheNext() throws IOException {
        try (NameServer silent = new NameServer(_ -> new Silence());
                NameServer good = new NameServer(_ -> GOOD);
                EdgeFixture edge =
                        EdgeFixture.startWithNames(
                                List.of(silent.address(), good.address()), _ -> REPLY)) {
            edge.timeouts(new CallTimeouts(5_000, 500, 5_000, 5_000, 9_000));
            named(edge);
            long started = System.nanoTime();

            assertThat(edge.exchange("second").status()).isEqualTo(200);

            assertThat(since(started)).isLessThan(Duration.ofMillis(2_500));
        }
    }

    @Test
    void anUnansweredIpv6QuestionDoesNotHoldIpv4Up() throws IOException {
        try (NameServer names =
                        new NameServer(question ->
                                question.type() == NameServer.TYPE_A ? GOOD : new Silence());
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            long started = System.nanoTime();

            assertThat(edge.exchange("four").status()).isEqualTo(200);

            assertThat(since(started)).isLessThan(Duration.ofMillis(1_500));
        }
    }

    @Test
    void anAliasIsFollowedAndItsAddressJudged() throws IOException {
        AtomicInteger forbidden = new AtomicInteger();
        try (NameServer names =
                        new NameServer(_ ->
                                new Alias(
                                        "target.test",
                                        List.of(
                                                forbidden.get() == 0
                                                        ? "127.0.0.1"
                                                        : "169.254.169.254")));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            assertThat(edge.exchange("alias").status()).isEqualTo(200);

            forbidden.set(1);
            edge.endpoint(new Endpoint("evil.test", 443, TlsProfile.PLATFORM, EdgeFixture.LOCAL));

            assertThat(edge.exchange("metadata").field("x-failure"))
                    .contains(Kind.Forbidden.name());
        }
    }

    static Stream<Arguments> largeAnswers() {
        List<String> addresses = new ArrayList<>();
        IntStream.range(2, 252).forEach(last -> addresses.add("127.0.0." + last));
        addresses.set(100, "127.0.0.1"); // all others refuse
        Answer large = new Addresses(addresses, 60);
        return Stream.of(
                Arguments.of("in one packet", large), Arguments.of("by TCP", new Truncated(large)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeAnswers")
    void anAnswerOfFourKilobytesIsUsed(String what, Answer answer) throws IOException {
        try (NameServer names = new NameServer(_ -> answer);
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);

            assertThat(edge.exchange("large").status()).isEqualTo(200);
        }
    }

    @Test
    void anAddressThatSwallowsConnectionsIsLeftForTheNextWithinASecond() throws IOException {
        try (NameServer names =
                        new NameServer(
                                _ -> new Addresses(List.of("127.0.0.2", "::1", "127.0.0.1"), 60));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY);
                BlackHole _ = new BlackHole("127.0.0.2", edge.endpoint().port())) {
            edge.timeouts(new CallTimeouts(5_000, 500, 5_000, 5_000, 9_000));
            named(edge);
            long started = System.nanoTime();

            assertThat(edge.exchange("next").status()).isEqualTo(200);

            assertThat(since(started)).isBetween(Duration.ofMillis(700), Duration.ofMillis(1_600));
        }
    }

    @Test
    void anAddressThatFlapsIsJudgedEveryTime() throws IOException {
        AtomicInteger turn = new AtomicInteger();
        try (NameServer names =
                        new NameServer(_ ->
                                new Addresses(
                                        List.of(
                                                turn.incrementAndGet() % 4 < 2
                                                        ? "127.0.0.1"
                                                        : "169.254.169.254"),
                                        0));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            for (int i = 0; i < 24; i++) {
                String host = "host-" + i + ".test";
                int port = edge.upstream().address().getPort();
                edge.endpoint(new Endpoint(host, port, TlsProfile.CLEAR, EdgeFixture.LOCAL));
                HttpMessage answer = edge.exchange("flap");
                if (answer.status() != 200) {
                    assertThat(answer.field("x-failure")).contains(Kind.Forbidden.name());
                }
            }

            assertThat(edge.upstream().received()).hasSizeBetween(1, 23);
        }
    }

    @Test
    void concurrentCallsShareOneQuery() throws IOException {
        try (NameServer names = new NameServer(_ -> new Late(300, GOOD));
                EdgeFixture edge = EdgeFixture.startWithNames(names, _ -> REPLY)) {
            named(edge);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RawClient client = edge.client();
                clients.add(client);
                client.request("POST / HTTP/1.1", "", "");
            }

            for (RawClient client : clients) {
                assertThat(client.response().status()).isEqualTo(200);
                client.close();
            }

            assertThat(names.asked(HOST + ".")).isEqualTo(1);
        }
    }

    private static void named(EdgeFixture edge) {
        if (edge.timeouts().equals(EdgeFixture.TIMEOUTS)) {
            edge.timeouts(SHORT);
        }
        int port = edge.upstream().address().getPort();
        edge.endpoint(new Endpoint(HOST, port, TlsProfile.CLEAR, EdgeFixture.LOCAL));
    }

    private static int status(EdgeFixture edge) {
        try {
            return edge.exchange("poll").status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
