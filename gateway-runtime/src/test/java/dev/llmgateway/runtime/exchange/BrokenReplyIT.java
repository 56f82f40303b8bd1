package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that fail, break off or are left: what the client gets, and how often it is counted.
class BrokenReplyIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[]}";

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void a_stream_cut_before_its_first_event_is_an_http_error(WireFormat format)
            throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hel", "lo");
        try (var upstream = FaultUpstream.always(stream.until(0).then(new Step.End()));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

            assertThat(reply.status()).isEqualTo(502);
            assertThat(outcome(gateway)).isEqualTo("unavailable");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void a_stream_cut_after_content_ends_in_the_formats_error(WireFormat format)
            throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hel", "lo");
        for (Step cut : List.of(new Step.End(), new Step.Reset(), Step.write("0\r\n\r\n"))) {
            try (var upstream = FaultUpstream.always(stream.until(2).then(pause(50), cut));
                    var gateway = GatewayFixture.before(upstream)) {

                HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

                assertThat(reply.status()).isEqualTo(200);
                String sent = stream.events().get(0) + stream.events().get(1);
                assertThat(reply.text()).startsWith(sent).doesNotContain(stream.end());
                assertError(reply.text().substring(sent.length()), format);
                assertThat(outcome(gateway)).isEqualTo("truncated");
            }
        }
    }

    @Test
    void half_an_event_is_not_passed_on() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "up", "Hel", "lo");
        String half = stream.events().get(2).substring(0, 60);
        Script script =
                Script.events(stream.events().get(0), stream.events().get(1), half)
                        .then(pause(50), new Step.End());
        try (var upstream = FaultUpstream.always(script);
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

            assertThat(reply.text()).doesNotContain("content_block_delta");
            assertThat(reply.text()).contains("event: error\n");
        }
    }

    private static void assertError(String tail, WireFormat format) {
        switch (format) {
            case Messages ->
                    assertThat(tail)
                            .startsWith("event: error\ndata: {\"type\":\"error\"")
                            .endsWith("}\n\n");
            case ChatCompletions ->
                    assertThat(tail).startsWith("data: {\"error\":{").doesNotContain("[DONE]");
            case Responses ->
                    assertThat(tail)
                            .contains("event: response.failed\n")
                            .contains("\"status\":\"failed\"");
            case Completions, Embeddings, CountTokens, Models ->
                    throw new IllegalArgumentException(format.name());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void the_formats_end_ends_the_reply_whatever_the_upstream_does(WireFormat format)
            throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hello");
        Script open = stream.until(stream.events().size()).then(new Step.Stall());
        try (var upstream = FaultUpstream.always(open);
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

            assertThat(reply.text()).isEqualTo(stream.text());
            assertThat(outcome(gateway)).isEqualTo("served");
        }
    }

    @Test
    void a_json_reply_that_breaks_off_does_not_look_complete() throws IOException {
        Script cut =
                Script.of(
                        Step.write(
                                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                                        + "content-length: 100\r\n\r\n{\"a\":1"),
                        pause(50),
                        new Step.End());
        try (var upstream = FaultUpstream.always(cut);
                var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {
            client.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, BODY);

            String wire = client.reader().rest();

            assertThat(wire).contains("content-length: 100\r\n").endsWith("{\"a\":1");
            assertThat(outcome(gateway)).isEqualTo("truncated");
        }
    }

    @Test
    void an_upstream_that_nobody_runs_is_a_bad_gateway() throws IOException {
        var gone = FaultUpstream.always(Script.json(200, "{}"));
        gone.close();
        try (var gateway = GatewayFixture.before(gone)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(outcome(gateway)).isEqualTo("unavailable");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_silent_upstream_is_a_timeout(boolean stream) throws IOException {
        TimeoutPlan short_ = new TimeoutPlan(5_000, 5_000, 300, 300, 90_000, 600_000, 0);
        try (var upstream = FaultUpstream.always(Script.of(new Step.Stall()));
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        GatewayFixture.account(upstream)
                                                .timeouts(short_)
                                                .plan()))) {

            HttpMessage reply =
                    gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"stream\":" + stream + "}");

            assertThat(reply.status()).isEqualTo(504);
            assertThat(outcome(gateway)).isEqualTo("unavailable");
        }
    }

    @Test
    void a_kept_connection_that_died_meanwhile_is_replaced() throws IOException {
        // The second request of a connection meets its end.
        try (var upstream =
                        FaultUpstream.start(request ->
                                request.index() == 1
                                        ? Script.json(200, "{}")
                                        : Script.of(new Step.End()));
                var gateway = GatewayFixture.before(upstream)) {

            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statuses.add(gateway.post(CHAT, BODY).status());
            }

            assertThat(statuses).containsExactly(200, 200, 200);
            assertThat(upstream.received())
                    .hasSize(5)
                    .allSatisfy(seen -> assertThat(seen.message().text()).isEqualTo(BODY));
            assertThat(gateway.log(3)).hasSize(3);
        }
    }

    @Test
    void a_fresh_connection_that_dies_is_not_tried_again() throws IOException {
        try (var upstream = FaultUpstream.always(Script.of(new Step.End()));
                var gateway = GatewayFixture.before(upstream)) {

            assertThat(gateway.post(CHAT, BODY).status()).isEqualTo(502);

            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void a_client_that_leaves_ends_the_upstreams_work() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "up", "Hello");
        Script endless = stream.until(3);
        for (int i = 0; i < 2_000; i++) {
            endless = endless.then(pause(10), Step.write("10\r\nevent: ping\ndata\r\n"));
        }
        try (var upstream = FaultUpstream.always(endless);
                var gateway = GatewayFixture.before(upstream)) {
            try (RawClient client = gateway.client()) {
                client.request(
                        "POST /v1/messages HTTP/1.1",
                        GatewayFixture.FIELDS,
                        VendorStream.request("up"));
                assertThat(client.reader().line()).isEqualTo("HTTP/1.1 200 OK\r\n");
                client.reset();
            }

            Poll.untilTrue(
                    GatewayFixture.PATIENCE,
                    () -> "the upstream is left",
                    () ->
                            upstream.ledger().getFirst().ending()
                                    == FaultUpstream.Ending.BrokenByPeer);

            assertThat(outcome(gateway)).isEqualTo("client_left");
            assertThat(gateway.log(1).getFirst().path("input_tokens").asInt())
                    .isEqualTo(VendorStream.INPUT_TOKENS);
            assertThat(gateway.services().meters().inFlight()).isZero();
            assertThat(
                            gateway.services()
                                    .accounts()
                                    .of("UpstreamAccount/default/upstream")
                                    .inFlight())
                    .isZero();
        }
    }

    private static Step pause(long millis) {
        return new Step.Pause(Duration.ofMillis(millis));
    }

    /// The outcome of the one request.
    private static String outcome(GatewayFixture gateway) {
        var lines = gateway.log(1);
        assertThat(lines).hasSize(1);
        return lines.getFirst().path("outcome").asText();
    }
}
