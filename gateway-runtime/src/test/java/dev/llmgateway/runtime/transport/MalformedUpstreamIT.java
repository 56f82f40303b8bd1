package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultTls;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Scripts;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import io.netty.util.ResourceLeakDetector;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything in the table of behaviours, in clear text and over TLS, on one gateway each: the
/// client gets the right thing, the next 100 requests are served as if nothing had happened, and no
/// connection stays leased.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedUpstreamIT {
    private static final Correlation ODD = new Correlation("<odd>");
    private static final int CONNECTIONS = 4;
    private static final int PIPELINED = 25;
    private static final CallTimeouts SHORT = new CallTimeouts(2_000, 500, 150, 150, 10_000);

    private final SplittableRandom random = new SplittableRandom(11);
    private final List<String> foreign = new CopyOnWriteArrayList<>();
    private volatile Behaviour current = Behaviours.all().getFirst();

    @SuppressWarnings("NullAway.Init")
    private Certificate certificate;

    @SuppressWarnings("NullAway.Init")
    private EdgeFixture clear;

    @SuppressWarnings("NullAway.Init")
    private EdgeFixture secured;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificate = Certificate.of(folder, "dns:localhost,ip:127.0.0.1");
        FaultTls tls = FaultTls.of(certificate.context());
        clear = before(FaultUpstream.start(new Odd(), Optional.empty()));
        secured = before(FaultUpstream.start(new Odd(), Optional.of(tls)));
        secured.endpoint(tlsEndpoint(secured.upstream()));
    }

    private static EdgeFixture before(FaultUpstream upstream) {
        return EdgeFixture.before(upstream, HttpLimits.DEFAULT, 1);
    }

    private Endpoint tlsEndpoint(FaultUpstream upstream) throws Exception {
        return new Endpoint(
                "127.0.0.1",
                upstream.address().getPort(),
                certificate.trusted(),
                EdgeFixture.LOCAL);
    }

    @AfterAll
    void close() {
        clear.close();
        secured.close();
        assertThat(foreign).isEmpty();
    }

    static Stream<Arguments> behaviours() {
        return Behaviours.all().stream()
                .flatMap(what -> Stream.of(Arguments.of(what, false), Arguments.of(what, true)));
    }

    @ParameterizedTest(name = "{0}, TLS {1}")
    @MethodSource("behaviours")
    void theClientGetsTheTruthAndTheNextHundredAreServed(Behaviour behaviour, boolean tls)
            throws IOException {
        EdgeFixture edge = tls ? secured : clear;
        int resting = edge.server().stats().upstreamIdle();
        current = behaviour;
        edge.failures().clear();
        edge.timeouts(behaviour.timesOut() ? SHORT : EdgeFixture.TIMEOUTS);

        check(edge, behaviour.expected(tls));
        settle(edge, behaviour, resting);
        edge.timeouts(EdgeFixture.TIMEOUTS);
        servesAHundred(edge);
    }

    @Test
    void theTableIsLongAndEachOfItsNamesIsOneThing() {
        assertThat(Behaviours.all())
                .hasSizeGreaterThan(150)
                .extracting(Behaviour::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultTls.Handshake.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "Completed")
    void aHandshakeThatFailsHurtsNobodyElse(FaultTls.Handshake how) throws Exception {
        Endpoint good = secured.endpoint();
        secured.failures().clear();
        FaultTls tls = new FaultTls(certificate.context(), how);
        try (FaultUpstream upstream = FaultUpstream.startTls(tls, _ -> ODD.reply())) {
            secured.timeouts(new CallTimeouts(2_000, 300, 2_000, 2_000, 10_000));
            secured.endpoint(tlsEndpoint(upstream));

            assertThat(secured.exchange(ODD.id()).status()).isEqualTo(502);

            assertThat(secured.failures().getFirst().kind()).isIn(Kind.Tls, Kind.Connect);
            assertThat(secured.failures().getFirst().sent()).isFalse();
            assertThat(upstream.received()).isEmpty();
        } finally {
            secured.endpoint(good).timeouts(EdgeFixture.TIMEOUTS);
        }
        settle(secured, current, 0);
        servesAHundred(secured);
    }

    static Stream<Arguments> beneath() {
        String alert = "\u0015\u0003\u0003\u0000\u0002\u0002P";
        String halfRecord = "\u0017\u0003\u0003@\u0000abc";
        return Stream.of(
                Arguments.of("clear text", new Step.WriteBeneath("HTTP/1.1 200 OK\r\n\r\n")),
                Arguments.of("an alert in clear text", new Step.WriteBeneath(alert)),
                Arguments.of("half a record", new Step.WriteBeneath(halfRecord)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beneath")
    void recordsThatBreakAreACut(String what, Step beneath) throws IOException {
        String head = "HTTP/1.1 200 OK\r\n\r\n";
        Script script =
                Script.of(Step.write(head + "odd"), EdgeFixture.later(10), beneath)
                        .then(EdgeFixture.later(10), new Step.Cut());
        current = new Behaviour(what, script, new Behaviour.Whole(200, "odd"));
        secured.failures().clear();

        check(secured, new Behaviour.Cut(java.util.EnumSet.of(Kind.Truncated)));
        settle(secured, current, 0);
        servesAHundred(secured);
    }

    private void check(EdgeFixture edge, Behaviour.Expected expected) throws IOException {
        try (RawClient client = edge.client()) {
            switch (expected) {
                case Behaviour.Whole(int status, String body) -> {
                    HttpMessage answer = ask(client);
                    assertThat(answer.status()).isEqualTo(status);
                    assertThat(answer.body()).isEqualTo(body);
                    assertThat(answer.field("x-failure")).isEmpty();
                }
                case Behaviour.Refused _ -> {
                    HttpMessage answer = ask(client);
                    assertThat(answer.status()).isEqualTo(502);
                    assertThat(answer.field("x-failure")).isPresent();
                }
                case Behaviour.Cut _ ->
                        assertThat(catchThrowable(() -> ask(client)))
                                .isInstanceOfAny(EOFException.class, SocketException.class);
            }
            Poll.untilTrue(
                    EdgeFixture.PATIENCE,
                    () -> expected + ", but " + edge.failures(),
                    () -> edge.failures().size() == (expected.kinds().isEmpty() ? 0 : 1));
            assertThat(edge.failures())
                    .allSatisfy(failure -> assertThat(expected.kinds()).contains(failure.kind()));
        }
    }

    private HttpMessage ask(RawClient client) throws IOException {
        return switch (current.request()) {
            case Head -> client.request("HEAD / HTTP/1.1", ODD.line(), "").responseToHead();
            case Plain, Late -> client.request("POST / HTTP/1.1", ODD.line(), "body").response();
            case Big, BigThenGone ->
                    client.request("POST / HTTP/1.1", ODD.line(), "b".repeat(3_000_000)).response();
        };
    }

    /// Leases are back; where bytes come late, the connection they came on is gone.
    private static void settle(EdgeFixture edge, Behaviour behaviour, int resting) {
        int left = Math.max(resting - 1, 0);
        edge.awaitStats(
                "leases are left, or an odd connection",
                stats ->
                        stats.upstreamLeased() == 0
                                && (!behaviour.request().endsLate()
                                        || stats.upstreamIdle() <= left));
    }

    /// Of the buffers of so many good requests, the leak detector only takes samples.
    private void servesAHundred(EdgeFixture edge) throws IOException {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.ADVANCED);
        try {
            serveAHundred(edge);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private void serveAHundred(EdgeFixture edge) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        List<Correlation> sent = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            RawClient client = edge.client();
            clients.add(client);
            StringBuilder requests = new StringBuilder();
            for (int j = 0; j < PIPELINED; j++) {
                Correlation next = Correlation.random(random);
                sent.add(next);
                requests.append(next.request("POST /good HTTP/1.1", ""));
            }
            client.send(requests.toString());
        }
        for (int i = 0; i < sent.size(); i++) {
            HttpMessage answer = clients.get(i / PIPELINED).response();
            assertThat(sent.get(i).answeredBy(answer)).as("%s", answer).isTrue();
        }
        for (RawClient client : clients) {
            client.close();
        }
        edge.awaitStats("leases are left", stats -> stats.upstreamLeased() == 0);
    }

    /// Serves the odd request by the current behaviour and every other one well.
    private final class Odd implements Scripts {
        @Override
        public Script answer(Received request) {
            Correlation mine = Correlation.of(request.message()).orElseThrow();
            if (mine.equals(ODD)) {
                return current.script();
            }
            if (!request.message().body().equals(mine.id())) {
                foreign.add("the upstream was sent " + request.message());
            }
            return mine.id().hashCode() % 2 == 0 ? mine.reply() : mine.chunks(2);
        }

        @Override
        public Optional<Script> onHead(String head) {
            return current.request().onHead() && head.contains(ODD.id())
                    ? Optional.of(current.script())
                    : Optional.empty();
        }
    }
}
