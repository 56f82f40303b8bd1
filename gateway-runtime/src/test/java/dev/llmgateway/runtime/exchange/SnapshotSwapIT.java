package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Plans change while requests run: every request is served by exactly one of them.
class SnapshotSwapIT {
    private static final int CLIENTS = 6;
    private static final long LOAD_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long SWAP_NANOS = Duration.ofMillis(20).toNanos();
    private static final String BODY = "{\"model\":\"asked\"}";

    @Test
    void no_request_fails_while_plans_change() throws Exception {
        try (var one = FaultUpstream.always(Script.json(200, "{\"by\":1}"));
                var two = FaultUpstream.always(Script.json(200, "{\"by\":2}"));
                var gateway = GatewayFixture.before(one);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            GatewayPlan first = plan(one, "first");
            GatewayPlan second = plan(two, "second");
            long end = System.nanoTime() + LOAD_NANOS;

            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                loads.add(clients.submit(() -> load(gateway, end)));
            }
            int swaps = 0;
            while (System.nanoTime() - end < 0) {
                gateway.swap("plan-" + swaps, swaps % 2 == 0 ? second : first);
                swaps++;
                LockSupport.parkNanos(SWAP_NANOS);
            }

            assertThat(total(loads)).isEqualTo(one.received().size() + two.received().size());
            assertThat(swaps).isGreaterThan(10);
            assertThat(one.received()).hasSizeGreaterThan(10);
            assertThat(two.received()).hasSizeGreaterThan(10);
        }
    }

    /// Requests served until then; fails on the first that is not.
    private static int load(GatewayFixture gateway, long end) throws IOException {
        int served = 0;
        try (RawClient client = gateway.client()) {
            while (System.nanoTime() - end < 0) {
                HttpMessage reply =
                        client.request("POST /v1/responses HTTP/1.1", GatewayFixture.FIELDS, BODY)
                                .response();
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                served++;
            }
        }
        return served;
    }

    private static int total(List<Future<Integer>> loads)
            throws ExecutionException, InterruptedException {
        int served = 0;
        for (Future<Integer> load : loads) {
            served += load.get();
        }
        return served;
    }

    private static GatewayPlan plan(FaultUpstream upstream, String account) {
        return GatewayFixture.plan(Plans.account(account).at(upstream.address() + "/v1").plan());
    }

    @Test
    void a_running_stream_ends_under_the_plan_it_began_with() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "up", "Hel", "lo");
        Script slow = stream.whole().cutEvery(200, Duration.ofMillis(100));
        try (var upstream = FaultUpstream.always(slow);
                var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {
            client.request(
                    "POST /v1/messages HTTP/1.1",
                    GatewayFixture.FIELDS,
                    VendorStream.request("up"));
            String status = client.reader().line();

            // The new plan does not know the account.
            gateway.swap("empty", Plans.gateway(List.of(), List.of(GatewayFixture.key().plan())));
            String refused = gateway.post("/v1/messages", VendorStream.request("up")).startLine();
            String rest = restOfReply(client);

            assertThat(status).startsWith("HTTP/1.1 200");
            assertThat(refused).contains("404");
            assertThat(rest).contains("event: message_stop\n").endsWith("0\r\n\r\n");
        }
    }

    private static String restOfReply(RawClient client) throws IOException {
        StringBuilder rest = new StringBuilder();
        while (!rest.toString().endsWith("\r\n0\r\n\r\n")) {
            rest.append(client.reader().line());
        }
        return rest.toString();
    }
}
