package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.transport.HttpLimits;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `request` of GatewayConfig at work: what is too much is told at once and when to come again.
class RequestLimitsIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final String OTHER = "sk-gateway-other-key";
    private static final int MIB = 1 << 20;

    @Test
    void one_request_too_many_is_refused_at_once() throws IOException {
        try (FaultUpstream stalled = FaultUpstream.always(Script.of(new Step.Stall()));
                var gateway =
                        GatewayFixture.serving(
                                Plans.with(
                                        GatewayFixture.plan(GatewayFixture.account(stalled).plan()),
                                        Plans.bounded(MIB, 2, MIB, 0)));
                RawClient first = gateway.client();
                RawClient second = gateway.client()) {
            first.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, BODY);
            second.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, BODY);
            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "two in flight",
                    () -> stalled.received().size() == 2);

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.field("retry-after")).hasValue("1");
            var error = GatewayFixture.json(reply.text()).path("error");
            assertThat(error.path("type").asText()).isEqualTo("overloaded_error");
            assertThat(error.path("code").asText()).isEqualTo("server_is_overloaded");
            assertThat(stalled.received()).hasSize(2);
        }
    }

    @Test
    void a_key_waits_for_its_own_bodies_and_not_for_anothers() throws IOException {
        var other = Plans.key("other").sha256(GatewayFixture.sha256(OTHER)).plan();
        try (FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{}"));
                var gateway =
                        GatewayFixture.serving(
                                Plans.gateway(
                                        List.of(GatewayFixture.account(upstream).plan()),
                                        List.of(GatewayFixture.key().plan(), other)),
                                impatient());
                RawClient holder = gateway.client()) {
            String large = "{\"model\":\"gpt-4o\",\"a\":\"" + "a".repeat(MIB / 2) + "\"}";
            holder.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: test\r\n"
                            + GatewayFixture.FIELDS
                            + "content-length: "
                            + MIB
                            + "\r\n\r\n{");

            HttpMessage own = gateway.post(CHAT, large);
            HttpMessage others =
                    gateway.post(CHAT, "authorization: Bearer " + OTHER + "\r\n", large);

            assertThat(own.status()).isEqualTo(503);
            assertThat(own.field("retry-after")).hasValue("1");
            assertThat(own.text()).contains("server_is_overloaded");
            assertThat(others.status()).isEqualTo(200);
        }
    }

    /// Four mebibytes of room, of which a key has one; half a second to wait.
    private static HttpLimits impatient() {
        HttpLimits served = HttpLimits.DEFAULT;
        return new HttpLimits(
                served.lineBytes(),
                served.headerBytes(),
                served.headers(),
                MIB,
                served.headMillis(),
                served.bodyGraceMillis(),
                served.bodyBytesPerSecond(),
                served.idleMillis(),
                served.stallMillis(),
                served.lingerMillis(),
                4 * MIB,
                500,
                0,
                served.poolConnections(),
                served.poolWaiting(),
                served.poolWaitMillis(),
                served.poolIdleMillis());
    }
}
