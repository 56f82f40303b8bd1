package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies that are neither JSON nor a fault of the connection, and connections used again after
/// them.
class OddReplyIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[]}";

    /// Proxies before an upstream answer in HTML.
    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500, 502})
    void what_is_no_json_passes_byte_for_byte_and_is_no_success(int status) throws IOException {
        String page = "<html>\n<h1>Bad Gateway</h1></html>\n";
        Script script = Script.answer(status, "content-type: text/html\r\n", page);
        try (var upstream = FaultUpstream.always(script);
                var gateway = GatewayFixture.renaming(upstream, "up")) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.field("content-type")).hasValue("text/html");
            assertThat(reply.text()).isEqualTo(page);
            assertThat(gateway.log(1).getFirst().path("outcome").asText())
                    .isEqualTo("upstream_error");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void an_empty_reply_passes_and_is_no_success(int status) throws IOException {
        try (var upstream = FaultUpstream.always(Script.answer(status, "", ""));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.text()).isEmpty();
            assertThat(gateway.log(1).getFirst().path("outcome").asText())
                    .isEqualTo("upstream_error");
        }
    }

    @Test
    void a_reply_that_ends_with_its_connection_passes() throws IOException {
        Script untilEnd =
                Script.of(
                        Step.write(
                                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"a\""),
                        pause(20),
                        Step.write(":1}"),
                        new Step.End());
        try (var upstream = FaultUpstream.always(untilEnd);
                var gateway = GatewayFixture.before(upstream)) {

            assertThat(gateway.post(CHAT, BODY).text()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void a_client_goes_on_after_a_stream_whose_upstream_stays() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "up", "Hello");
        Script open = stream.until(stream.events().size()).then(new Step.Stall());
        try (var upstream = FaultUpstream.always(open);
                var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            for (int i = 0; i < 3; i++) {
                HttpMessage reply =
                        client.request(
                                        "POST /v1/messages HTTP/1.1",
                                        GatewayFixture.FIELDS,
                                        VendorStream.request("up"))
                                .response();
                assertThat(reply.text()).isEqualTo(stream.text());
            }

            assertThat(upstream.ledger()).hasSize(3);
        }
    }

    @Test
    void an_upstream_connection_is_used_again_after_an_error() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(429, "{\"error\":{}}"));
                var gateway = GatewayFixture.before(upstream)) {

            for (int i = 0; i < 3; i++) {
                assertThat(gateway.post(CHAT, BODY).status()).isEqualTo(503);
            }

            assertThat(upstream.ledger()).hasSize(1);
        }
    }

    @Test
    void the_endless_body_of_a_refused_reply_is_given_up() throws IOException {
        Script endless =
                Script.of(
                        Step.write(
                                "HTTP/1.1 429 Slow\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n"));
        for (int i = 0; i < 1_500; i++) {
            endless = endless.then(pause(10), Step.write("1\r\n \r\n"));
        }
        try (var upstream = FaultUpstream.always(endless);
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(503);
            Poll.untilTrue(
                    Duration.ofSeconds(10),
                    () -> "the upstream is left",
                    () ->
                            upstream.ledger().getFirst().ending()
                                    == FaultUpstream.Ending.BrokenByPeer);
        }
    }

    @Test
    void a_client_that_leaves_inside_its_body_reaches_no_upstream() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, "{}"));
                var gateway = GatewayFixture.before(upstream)) {
            try (RawClient client = gateway.client()) {
                client.send(
                        "POST "
                                + CHAT
                                + " HTTP/1.1\r\nhost: test\r\n"
                                + GatewayFixture.FIELDS
                                + "content-length: 100\r\n\r\n{\"model\":");
            }

            assertThat(gateway.log(1).getFirst().path("outcome").asText()).isEqualTo("client_left");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_client_that_leaves_while_it_waits_is_settled_once() throws IOException {
        try (var upstream = FaultUpstream.always(Script.of(new Step.Stall()));
                var gateway = GatewayFixture.before(upstream)) {
            try (RawClient client = gateway.client()) {
                client.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, BODY);
                Poll.untilTrue(
                        GatewayFixture.PATIENCE,
                        () -> "the upstream is asked",
                        () -> !upstream.received().isEmpty());
            }

            var lines = gateway.log(1);
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst().path("outcome").asText()).isEqualTo("client_left");
            assertThat(gateway.services().meters().inFlight()).isZero();
        }
    }

    private static Step pause(long millis) {
        return new Step.Pause(Duration.ofMillis(millis));
    }
}
