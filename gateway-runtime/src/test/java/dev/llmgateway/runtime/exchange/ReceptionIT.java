package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the gateway answers before any upstream is asked.
class ReceptionIT {
    private static final String MESSAGES = "/v1/messages";
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\"}";

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{}"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-api-key: \r\n",
                "x-api-key: sk-gateway-fixtur\r\n",
                "authorization: Bearer nonsense\r\n",
                "authorization: Basic " + GatewayFixture.KEY + "\r\n"
            })
    void a_request_without_a_key_is_refused_before_its_body(String credential) throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            client.send(
                    "POST "
                            + MESSAGES
                            + " HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n"
                            + credential
                            + "content-length: 1000000\r\n\r\n");
            HttpMessage reply = client.response();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(error(reply).path("type").asText()).isEqualTo("authentication_error");
            assertThat(error(reply).path("code").asText()).isEqualTo("invalid_api_key");
            assertThat(reply.field("x-should-retry")).hasValue("false");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_key_without_the_access_is_told_which() throws IOException {
        try (var gateway = with(GatewayFixture.key().access(KeyPlan.Access.Read))) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(message(reply)).contains("Write");
        }
    }

    @Test
    void a_key_without_the_format_is_told_which() throws IOException {
        try (var gateway = with(GatewayFixture.key().formats(WireFormat.ChatCompletions))) {

            HttpMessage reply = gateway.post(MESSAGES, BODY);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(message(reply)).contains("Messages");
            assertThat(gateway.post(CHAT, BODY).status()).isEqualTo(200);
        }
    }

    @Test
    void a_key_without_the_model_is_told_which() throws IOException {
        try (var gateway = with(GatewayFixture.key().filter(List.of("claude-*"), List.of()))) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(message(reply)).contains("gpt-4o");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void an_unknown_route_leaves_the_connection_usable() throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            HttpMessage unknown =
                    client.request("POST /v1/nonsense HTTP/1.1", GatewayFixture.FIELDS, BODY)
                            .response();
            HttpMessage known =
                    client.request("POST " + CHAT + " HTTP/1.1", GatewayFixture.FIELDS, BODY)
                            .response();

            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.field("connection")).isEmpty();
            assertThat(message(unknown)).contains("/v1/nonsense");
            assertThat(known.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/messages, POST",
        "DELETE, /v1/chat/completions, POST",
        "POST, /v1/models, GET"
    })
    void another_method_is_told_the_right_one(String method, String path, String allowed)
            throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            HttpMessage reply =
                    client.request(method + " " + path + " HTTP/1.1", GatewayFixture.FIELDS, "")
                            .response();

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.field("allow").orElse("")).contains(allowed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type: text/plain\r\n",
                "content-type: application/json\r\ncontent-encoding: br\r\n"
            })
    void a_body_that_is_not_plain_json_is_unsupported(String type) throws IOException {
        try (var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply =
                    gateway.post(CHAT, "x-api-key: " + GatewayFixture.KEY + "\r\n" + type, BODY);

            assertThat(reply.status()).isEqualTo(415);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_body_declared_too_large_is_refused_before_it_is_sent() throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            client.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nhost: test\r\n"
                            + GatewayFixture.FIELDS
                            + "content-length: "
                            + ((32L << 20) + 1)
                            + "\r\n\r\n");
            HttpMessage reply = client.response();

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.field("connection")).hasValue("close");
            assertThat(error(reply).path("code").asText()).isEqualTo("request_too_large");
        }
    }

    @Test
    void broken_json_is_told_where_and_closes() throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            HttpMessage reply =
                    client.request(
                                    "POST " + CHAT + " HTTP/1.1",
                                    GatewayFixture.FIELDS,
                                    "{\"model\":\"a\" \"b\"}")
                            .response();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(message(reply)).contains("at byte 13");
            assertThat(reply.field("connection")).hasValue("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"model\":\"\"}", "{\"model\":null}", "{\"a\":{\"model\":\"m\"}}"})
    void a_body_without_a_model_is_a_bad_request(String body) throws IOException {
        try (var gateway = GatewayFixture.before(upstream)) {

            HttpMessage reply = gateway.post(CHAT, body);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(error(reply).path("param").asText()).isEqualTo("model");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_model_nobody_serves_is_not_found() throws IOException {
        var account = GatewayFixture.account(upstream).models(new ModelMapping("known", "", ""));
        try (var gateway = GatewayFixture.serving(GatewayFixture.plan(account.plan()))) {

            HttpMessage reply = gateway.post(CHAT, BODY);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(error(reply).path("code").asText()).isEqualTo("model_not_found");
            assertThat(message(reply)).contains("gpt-4o");
        }
    }

    @Test
    void a_format_that_cannot_be_translated_is_told() throws IOException {
        var account = GatewayFixture.account(upstream).formats(WireFormat.Embeddings);
        try (var gateway = GatewayFixture.serving(GatewayFixture.plan(account.plan()))) {

            HttpMessage reply = gateway.post(MESSAGES, BODY);

            assertThat(reply.status()).isEqualTo(501);
            assertThat(error(reply).path("type").asText()).isEqualTo("not_supported_error");
            assertThat(gateway.log(1).getFirst().path("outcome").asText()).isEqualTo("rejected");
        }
    }

    @Test
    void the_root_answers_a_head_request_without_a_key() throws IOException {
        try (var gateway = GatewayFixture.before(upstream);
                RawClient client = gateway.client()) {

            HttpMessage reply =
                    client.send("HEAD / HTTP/1.1\r\nhost: test\r\n\r\n").responseToHead();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("content-length")).hasValue("0");
        }
    }

    private GatewayFixture with(Plans.Key key) {
        return GatewayFixture.serving(
                Plans.gateway(
                        List.of(GatewayFixture.account(upstream).plan()), List.of(key.plan())));
    }

    private static JsonNode error(HttpMessage reply) {
        return GatewayFixture.json(reply.text()).path("error");
    }

    private static String message(HttpMessage reply) {
        return error(reply).path("message").asText();
    }
}
