package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies of upstreams, good and bad, as a client sees them and the access log tells of them.
class RelayIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[]}";
    private static final String USED =
            "{\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}";

    @Test
    void a_json_reply_passes_and_its_usage_is_logged() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, USED));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo(USED);
            JsonNode line = gateway.log(1).getFirst();
            assertUsed(line);
            assertThat(line.path("outcome").asText()).isEqualTo("served");
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("key").asText()).isEqualTo("default/tester");
            assertThat(line.path("account").asText()).isEqualTo("default/upstream");
            assertThat(line.path("bytes_in").asInt()).isEqualTo(BODY.length());
            assertThat(line.path("bytes_out").asInt()).isEqualTo(USED.length());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Messages", "ChatCompletions", "Responses"})
    void a_stream_passes_and_its_usage_is_logged(WireFormat format) throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hel", "lo");
        try (var upstream = FaultUpstream.always(stream.whole());
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(stream.path(), VendorStream.request("up"));

            assertThat(reply.text()).isEqualTo(stream.text());
            assertThat(reply.field("content-type")).hasValue("text/event-stream");
            assertThat(reply.field("cache-control")).hasValue("no-cache");
            JsonNode line = gateway.log(1).getFirst();
            assertUsed(line);
            assertThat(line.path("outcome").asText()).isEqualTo("served");
            assertThat(line.path("stream").asBoolean()).isTrue();
        }
    }

    private static void assertUsed(JsonNode line) {
        assertThat(line.path("input_tokens").asInt()).isEqualTo(VendorStream.INPUT_TOKENS);
        assertThat(line.path("output_tokens").asInt()).isEqualTo(VendorStream.OUTPUT_TOKENS);
    }

    @Test
    void the_clients_request_id_comes_back_under_both_names() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, USED));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply =
                    gateway.post(CHAT, GatewayFixture.FIELDS + "x-request-id: mine-1\r\n", BODY);

            assertThat(reply.field("x-request-id")).hasValue("mine-1");
            assertThat(reply.field("request-id")).hasValue("mine-1");
            assertThat(gateway.log(1).getFirst().path("request_id").asText()).isEqualTo("mine-1");
        }
    }

    @Test
    void the_upstreams_own_headers_stay_behind() throws IOException {
        String fields =
                String.join(
                        "\r\n",
                        "content-type: application/json",
                        "set-cookie: a=b",
                        "server: nginx",
                        "connection: x-hop",
                        "x-hop: 1",
                        "keep-alive: timeout=5",
                        "x-ratelimit-remaining-requests: 3",
                        "openai-organization: acme",
                        "request-id: theirs",
                        "x-request-id: theirs",
                        "");
        try (var upstream = FaultUpstream.always(Script.answer(200, fields, USED));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            List<String> names =
                    reply.fields().stream()
                            .map(line -> line.substring(0, line.indexOf(':')))
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .toList();
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "content-type",
                            "content-length",
                            "request-id",
                            "x-request-id",
                            "x-gateway-attempts",
                            "server-timing");
            assertThat(reply.head()).doesNotContain("theirs");
        }
    }

    @Test
    void the_clients_key_stays_with_the_gateway() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, USED));
                var gateway = GatewayFixture.before(upstream)) {

            assertThat(gateway.post(CHAT, BODY).status()).isEqualTo(200);

            assertThat(upstream.received().getFirst().message().wire())
                    .doesNotContain(GatewayFixture.KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422, 500})
    void an_error_that_is_not_the_accounts_passes_byte_for_byte(int status) throws IOException {
        String theirs = "{\"error\" : {\"message\":\"\\u00fc\\n\",\"type\":\"x\"} }\n";
        try (var upstream = FaultUpstream.always(Script.json(status, theirs));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.text()).isEqualTo(theirs);
            assertThat(gateway.log(1).getFirst().path("outcome").asText())
                    .isEqualTo("upstream_error");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429, 503, 529})
    void a_fault_of_the_account_is_an_overload_to_the_client(int status) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(status, "{\"error\":\"acme owes\"}"));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage chat = gateway.post(CHAT, BODY);
            HttpMessage messages = gateway.post("/v1/messages", BODY);

            assertThat(chat.status()).isEqualTo(503);
            assertThat(messages.status()).isEqualTo(529);
            assertThat(errorType(messages)).isEqualTo("overloaded_error");
            // A cool-down of 5 s, a fifth more or less; a parked account is tried every 5 minutes.
            assertThat(Integer.parseInt(chat.field("retry-after").orElseThrow()))
                    .isBetween(status < 404 ? 300 : 4, status < 404 ? 300 : 6);
            assertThat(chat.text() + messages.text()).doesNotContain("acme");
            assertThat(gateway.log(2).getLast().path("outcome").asText()).isEqualTo("unavailable");
        }
    }

    @Test
    void the_wait_an_upstream_asks_for_is_passed_on() throws IOException {
        try (var upstream = FaultUpstream.always(Script.answer(429, "retry-after: 17\r\n", ""));
                var gateway = GatewayFixture.before(upstream)) {

            // Never sooner, and a fifth later at most.
            String wait = gateway.post(CHAT, BODY).field("retry-after").orElseThrow();
            assertThat(Integer.parseInt(wait)).isBetween(17, 21);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (var elsewhere = FaultUpstream.always(Script.json(200, USED));
                var upstream =
                        FaultUpstream.always(
                                Script.answer(
                                        307, "location: " + elsewhere.address() + "\r\n", ""));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.field("location")).isEmpty();
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void a_compressed_reply_is_refused(int status) throws IOException {
        String fields = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
        try (var upstream = FaultUpstream.always(Script.answer(status, fields, "\u001f\u0008xyz"));
                var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.text()).contains("compressed");
            assertThat(upstream.received().getFirst().message().field("accept-encoding"))
                    .hasValue("identity");
            assertThat(gateway.log(1)).hasSize(1);
        }
    }

    private static String errorType(HttpMessage reply) {
        return GatewayFixture.json(reply.text()).path("error").path("type").asText();
    }
}
