package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `request` of the plan says holds for what arrives after the plan was put in force, on
/// connections that are open as well.
class ReloadedLimitsIT {
    private static final String KEY = "sk-reloaded-limits";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MIB = 1 << 20;

    private final FaultUpstream upstream =
            FaultUpstream.start(request ->
                    request.message().body().contains("stall")
                            ? Script.of(new Step.Stall())
                            : Script.json(200, "{}"));
    private final Wiring wiring =
            new Wiring(
                    new Settings(
                            new PlanOrigin.Folder(Path.of("."), ""),
                            0,
                            0,
                            "127.0.0.1",
                            Duration.ZERO,
                            Duration.ZERO,
                            Optional.empty(),
                            1));
    private int port;

    @BeforeEach
    void listen() {
        apply(4L * MIB, 100, 16L * MIB, 0);
        port = wiring.listen(new SecretValues(Map.of())).dataPort();
    }

    @AfterEach
    void stop() {
        upstream.close();
        wiring.close();
    }

    @Test
    void theLargestBodyFollowsThePlan() throws IOException {
        try (RawClient client = client()) {
            assertThat(post(client, 2 * MIB).status()).isEqualTo(200);

            apply(MIB, 100, 16L * MIB, 0);
            assertThat(post(client, MIB).status()).isEqualTo(200);
            assertThat(post(client, MIB + 1).status()).isEqualTo(413);
        }
        apply(4L * MIB, 100, 16L * MIB, 0);
        try (RawClient client = client()) {
            assertThat(post(client, 2 * MIB).status()).isEqualTo(200);
        }
    }

    @Test
    void aChunkedBodyFollowsItToo() throws IOException {
        apply(MIB, 100, 16L * MIB, 0);
        try (RawClient client = client()) {
            client.send(
                    head("transfer-encoding: chunked")
                            + Integer.toHexString(MIB + 1)
                            + "\r\n"
                            + body(MIB + 1)
                            + "\r\n0\r\n\r\n");

            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void requestsInFlightFollowThePlan() throws IOException {
        try (RawClient stalled = client();
                RawClient client = client()) {
            stalled.send(
                    head("content-length: 30") + "{\"model\":\"stall\"}".concat(" ".repeat(13)));
            Poll.untilTrue(PATIENCE, () -> "in flight", () -> upstream.received().size() == 1);

            apply(MIB, 1, 16L * MIB, 0);
            assertThat(post(client, 100).status()).isEqualTo(503);
            apply(MIB, 2, 16L * MIB, 0);
            assertThat(post(client, 100).status()).isEqualTo(200);
        }
    }

    @Test
    void theRoomForBodiesFollowsThePlan() throws IOException {
        apply(4L * MIB, 100, 4L * MIB, 0);
        try (RawClient holder = client();
                RawClient client = client()) {
            holder.send(head("content-length: " + MIB) + "{");
            Poll.untilTrue(
                    PATIENCE, () -> "held", () -> wiring.transport().bufferedBodyBytes() == MIB);
            client.send(head("content-length: " + MIB) + body(MIB)); // the key's quarter is spent

            apply(4L * MIB, 100, 64L * MIB, 0);

            assertThat(client.response().status()).isEqualTo(200);
            assertThat(holder.send(body(MIB).substring(1)).response().status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsOfAnAddressFollowThePlan() throws IOException {
        try (RawClient before = client()) {
            assertThat(post(before, 100).status()).isEqualTo(200);

            apply(MIB, 100, 16L * MIB, 1);
            try (RawClient one = client();
                    RawClient two = client()) {
                assertThat(post(one, 100).status()).isEqualTo(200);
                assertThat(two.response().status()).isEqualTo(503);
                assertThat(post(before, 100).status()).isEqualTo(200);
            }
        }
    }

    private void apply(long maxBody, int maxConcurrent, long bodyMemory, int perAddress) {
        GatewaySettings settings = Plans.bounded(maxBody, maxConcurrent, bodyMemory, perAddress);
        GatewayPlan plan =
                Plans.gateway(
                        List.of(Plans.account("upstream").at(upstream.address() + "/v1").plan()),
                        List.of(Plans.key("tester").sha256(Plans.sha256(KEY)).plan()));
        SecretValues none = new SecretValues(Map.of());
        wiring.apply(Snapshot.of("test", Plans.with(plan, settings), none, wiring.memory()), none);
    }

    private RawClient client() throws IOException {
        return RawClient.connect(URI.create("http://127.0.0.1:" + port), PATIENCE);
    }

    private static HttpMessage post(RawClient client, int length) throws IOException {
        return client.send(head("content-length: " + length) + body(length)).response();
    }

    private static String head(String framing) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\nx-api-key: "
                + KEY
                + "\r\ncontent-type: application/json\r\n"
                + framing
                + "\r\n\r\n";
    }

    private static String body(int length) {
        String frame = "{\"model\":\"m\",\"a\":\"\"}";
        return frame.substring(0, frame.length() - 2) + "a".repeat(length - frame.length()) + "\"}";
    }
}
