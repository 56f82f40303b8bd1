package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.transport.NameServer.Silence;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Time limits before a connection is there: never before their setting, at most a second after it
/// (reliability-security.md R6).
class ConnectTimersIT {
    private static final long SETTING = 400;

    /// Where a call can be stuck.
    enum Stuck {
        /// The name server says nothing.
        Names,
        /// The address takes no connection.
        Connect,
        /// The proxy says nothing.
        Tunnel,
        /// The upstream says nothing to the handshake.
        Handshake
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(Stuck.Names, Kind.Dns),
                Arguments.of(Stuck.Connect, Kind.Connect),
                Arguments.of(Stuck.Tunnel, Kind.Connect),
                Arguments.of(Stuck.Handshake, Kind.Tls));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void eachPhaseEndsWithItsOwnLimit(Stuck where, Kind kind) throws Exception {
        boolean tls = where == Stuck.Handshake;
        stuck(
                where,
                new CallTimeouts(tls ? 9_000 : SETTING, tls ? SETTING : 9_000, 9_000, 9_000, 9_000),
                kind);
    }

    @ParameterizedTest
    @EnumSource(Stuck.class)
    void theWholeCallsLimitHoldsInEveryPhase(Stuck where) throws Exception {
        stuck(where, new CallTimeouts(9_000, 9_000, 9_000, 9_000, SETTING), Kind.Timeout);
    }

    @Test
    void theWholeCallsLimitHoldsInTheQueue() throws Exception {
        try (EdgeFixture edge =
                        EdgeFixture.start(Limits.pool(1, 5), _ -> Script.of(new Step.Stall()));
                RawClient first = edge.client()) {
            first.request("POST / HTTP/1.1", "", "");
            edge.awaitStats("leased", stats -> stats.upstreamLeased() == 1);
            edge.timeouts(new CallTimeouts(9_000, 9_000, 9_000, 9_000, 200));

            fails(edge, 200, Kind.Timeout);
        }
    }

    private static void stuck(Stuck where, CallTimeouts timeouts, Kind kind) throws Exception {
        try (NameServer names = new NameServer(_ -> new Silence());
                ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                BlackHole hole = new BlackHole("127.0.0.1", 0);
                EdgeFixture edge = EdgeFixture.startWithNames(names, EdgeFixture::echo)) {
            Endpoint good = edge.endpoint();
            edge.timeouts(timeouts).endpoint(endpoint(where, silent.getLocalPort(), hole.port()));

            fails(edge, SETTING, kind);

            edge.endpoint(good).timeouts(EdgeFixture.TIMEOUTS);
            edge.awaitQuiet();
            assertThat(edge.exchange("next").status()).isEqualTo(200);
        }
    }

    private static Endpoint endpoint(Stuck where, int silent, int hole) {
        EgressPolicy proxied = new EgressPolicy(true, List.of(), "http://127.0.0.1:" + silent);
        return switch (where) {
            case Names -> new Endpoint("host.test", 80, TlsProfile.CLEAR, EdgeFixture.LOCAL);
            case Connect -> EdgeFixture.local(hole);
            case Tunnel -> new Endpoint("host.test", 443, TlsProfile.PLATFORM, proxied);
            case Handshake ->
                    new Endpoint("127.0.0.1", silent, TlsProfile.PLATFORM, EdgeFixture.LOCAL);
        };
    }

    private static void fails(EdgeFixture edge, long setting, Kind kind) throws IOException {
        long started = System.nanoTime();
        assertThat(edge.exchange("stuck").field("x-failure")).contains(kind.name());
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(setting), Duration.ofMillis(setting + 1_000));
        assertThat(edge.failures().getFirst().sent()).isFalse();
    }
}
