package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.figures.Figures;
import dev.llmgateway.fixtures.figures.Promise;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.transport.HttpLimits;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// A client that leaves ends its call at once, whatever that waits for (goal R4): the upstream sees
/// the end, no lease is left, what was used is recorded once, and the account is not blamed.
class CancelIT {
    private static final int TIMES = 50;
    private static final double SEEN_MILLIS = 250;
    private static final double LEASES_MILLIS = 1_000;

    /// What a busy machine keeps too.
    private static final double BUSY = 8;

    private static final VendorStream STREAM = VendorStream.of(WireFormat.Messages, "up", "Hel");
    private static final String ACCOUNT = "UpstreamAccount/default/upstream";

    private final List<Double> seen = new ArrayList<>();
    private final List<Double> freed = new ArrayList<>();

    @Test
    void while_it_waits_for_the_upstreams_head() throws IOException {
        leaves("awaiting headers", "", "{}", 0);
    }

    @Test
    void before_the_first_token() throws IOException {
        leaves("before the first token", reply(1), "{}", VendorStream.INPUT_TOKENS);
    }

    @Test
    void in_the_middle_of_a_stream() throws IOException {
        leaves("mid-stream", reply(3), "{}", VendorStream.INPUT_TOKENS);
    }

    @Test
    void while_its_body_is_being_sent() throws IOException {
        String big = "\"" + "x".repeat(8 << 20) + "\"";
        Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.SIMPLE); // paranoid takes seconds for each body
        try {
            leaves("sending the body", WatchedUpstream.UNREAD, "{\"messages\":" + big + "}", 0);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    /// @param reply what the upstream says and then waits; `unread`: it leaves the body for later
    /// @param tokens input tokens that were told before the client left
    private void leaves(String phase, String reply, String body, int tokens) throws IOException {
        try (var upstream = WatchedUpstream.start(reply);
                // The head of a stream without content goes out with the first sign of life.
                var gateway = GatewayFixture.beating(plan(upstream.port()), 20)) {
            for (int i = 0; i < TIMES; i++) {
                RawClient client = ask(gateway, body);
                WatchedUpstream.Call call = upstream.next();
                if (!reply.isEmpty() && !reply.equals(WatchedUpstream.UNREAD)) {
                    assertThat(client.reader().line()).isEqualTo("HTTP/1.1 200 OK\r\n");
                }

                long left = leave(client, i);

                call.readOn();
                seen.add(call.endedMillisAfter(left));
                freed.add(millisUntil(left, () -> gateway.stats().upstreamLeased() == 0));
            }
            settledOnce(gateway, TIMES, tokens);
            report(phase);
        }
    }

    @Test
    void while_it_waits_for_a_place_in_the_pool() throws IOException {
        try (var upstream = WatchedUpstream.start("");
                var gateway = GatewayFixture.serving(plan(upstream.port()), onePlace());
                RawClient first = ask(gateway, "{}")) {
            WatchedUpstream.Call held = upstream.next();
            for (int i = 0; i < TIMES; i++) {
                RawClient client = ask(gateway, "{}");
                awaitInFlight(gateway, 2);

                long left = leave(client, i);

                freed.add(millisUntil(left, () -> gateway.services().meters().inFlight() == 1));
                assertThat(gateway.stats().upstreamLeased()).isEqualTo(1);
            }
            first.reset();
            held.endedMillisAfter(0);
            settledOnce(gateway, TIMES + 1, 0);
            assertThat(upstream.accepted()).as("calls that reached the upstream").isEqualTo(1);
            report("queued for a pool place");
        }
    }

    @Test
    void while_its_connection_is_being_made() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket one = fill(deaf);
                Socket two = fill(deaf);
                var gateway = GatewayFixture.serving(plan(deaf.getLocalPort()))) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            for (int i = 0; i < TIMES; i++) {
                RawClient client = ask(gateway, "{}");
                Poll.untilTrue(
                        GatewayFixture.PATIENCE,
                        () -> "a connection is being made",
                        () -> gateway.stats().upstreamLeased() == 1);

                long left = leave(client, i);

                freed.add(millisUntil(left, () -> gateway.stats().upstreamLeased() == 0));
            }
            settledOnce(gateway, TIMES, 0);
            report("connecting");
        }
    }

    /// Takes one of the two places that a backlog of one has; nobody accepts.
    private static Socket fill(ServerSocket deaf) throws IOException {
        Socket socket = new Socket();
        socket.connect(deaf.getLocalSocketAddress(), 1_000);
        return socket;
    }

    private static GatewayPlan plan(int port) {
        return GatewayFixture.plan(
                Plans.account("upstream").at("http://127.0.0.1:" + port + "/v1").plan());
    }

    private static HttpLimits onePlace() {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(
                usual.lineBytes(),
                usual.headerBytes(),
                usual.headers(),
                usual.maxBody(),
                usual.headMillis(),
                usual.bodyGraceMillis(),
                usual.bodyBytesPerSecond(),
                usual.idleMillis(),
                usual.stallMillis(),
                usual.lingerMillis(),
                usual.bodyMemory(),
                usual.budgetWaitMillis(),
                usual.connectionsPerAddress(),
                1,
                10,
                60_000,
                usual.poolIdleMillis());
    }

    /// Head and first events of a stream, as one write.
    private static String reply(int events) {
        StringBuilder wire = new StringBuilder();
        for (var step : STREAM.until(events).steps()) {
            if (step instanceof Step.Write(String bytes)) {
                wire.append(bytes);
            }
        }
        return wire.toString();
    }

    private static RawClient ask(GatewayFixture gateway, String body) throws IOException {
        String named = "{\"model\":\"up\",\"stream\":true," + body.substring(1);
        String whole = named.replace(",}", "}");
        return gateway.client().request("POST /v1/messages HTTP/1.1", GatewayFixture.FIELDS, whole);
    }

    /// In order or by reset, in turn.
    ///
    /// @return when, in nanoseconds
    private static long leave(RawClient client, int turn) throws IOException {
        long now = System.nanoTime();
        if (turn % 2 == 0) {
            client.close();
        } else {
            client.reset();
        }
        return now;
    }

    private static void awaitInFlight(GatewayFixture gateway, int requests) {
        Poll.untilTrue(
                GatewayFixture.PATIENCE,
                () -> requests + " requests in flight",
                () -> gateway.services().meters().inFlight() == requests);
    }

    private static double millisUntil(long since, BooleanSupplier look) {
        Poll.untilTrue(Duration.ofSeconds(10), () -> "the lease is free", look);
        return (System.nanoTime() - since) / 1e6;
    }

    private static void settledOnce(GatewayFixture gateway, int requests, int tokens) {
        awaitInFlight(gateway, 0);
        assertThat(gateway.log(requests))
                .hasSize(requests)
                .allSatisfy(
                        line -> assertThat(line.path("outcome").asText()).isEqualTo("client_left"));
        var used = gateway.services().usage().account(ACCOUNT).totals();
        assertThat(used.requests()).isEqualTo(requests);
        assertThat(used.inputTokens()).isEqualTo((long) TIMES * tokens);
        assertThat(used.errors()).as("counted as the account's fault").isZero();
        assertThat(gateway.services().accounts().of(ACCOUNT).inFlight()).isZero();
        assertThat(gateway.stats().upstreamLeased()).isZero();
        assertThat(gateway.stats().bufferedBodyBytes()).isZero();
    }

    private void report(String phase) {
        if (!seen.isEmpty()) {
            held(phase + ": the upstream sees the end, p99", p99(seen), SEEN_MILLIS);
        }
        held(phase + ": the lease is free, most", Collections.max(freed), LEASES_MILLIS);
    }

    private static void held(String what, double millis, double promise) {
        Figures.note("R4", what, millis, "ms", Promise.atMost(promise));
        assertThat(millis).as(what).isLessThan(promise * BUSY);
    }

    private static double p99(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }
}
