package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages in browsers: who may call, what they are told, and that everybody else sees nothing of it.
class CorsIT {
    private static final String APP = "https://app.example.com";
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\"}";

    private final FaultUpstream upstream =
            FaultUpstream.start(request ->
                    request.message().body().contains("stream")
                            ? Script.events("data: [DONE]\n\n").endOfChunks()
                            : Script.json(200, "{}"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, POST",
        "/v1/models, 'GET, HEAD'",
        "/v1/responses/abc, 'GET, HEAD, DELETE'",
        "/anthropic/v1/messages, POST"
    })
    void a_preflight_of_an_allowed_origin_is_told_the_routes_methods(String path, String methods)
            throws IOException {
        try (var gateway = serving(APP)) {

            HttpMessage reply =
                    preflight(
                            gateway,
                            path,
                            APP,
                            "Authorization, content-type,x-stainless-os, x-evil, cookie, x-api-key");

            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.field("access-control-allow-origin")).hasValue(APP);
            assertThat(reply.field("vary")).hasValue("origin");
            assertThat(reply.field("access-control-allow-methods")).hasValue(methods);
            assertThat(reply.field("access-control-allow-headers"))
                    .hasValue("authorization, content-type, x-stainless-os, x-api-key");
            assertThat(reply.field("access-control-max-age")).hasValue("7200");
            assertThat(reply.field("access-control-allow-credentials")).isEmpty();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.example",
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://APP.example.com",
                "null",
                "https://app.example.com\r\norigin: https://app.example.com"
            })
    void a_preflight_of_another_origin_is_an_unknown_method(String origin) throws IOException {
        try (var gateway = serving(APP)) {

            HttpMessage reply = preflight(gateway, CHAT, origin, "authorization");

            assertThat(reply.status()).isEqualTo(405);
            assertThat(corsFields(reply)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://other.example,*"})
    void a_star_allows_every_origin_by_its_name(String allowed) throws IOException {
        try (var gateway = serving(allowed.split(","))) {

            assertThat(
                            preflight(gateway, CHAT, APP, "authorization")
                                    .field("access-control-allow-origin"))
                    .hasValue(APP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS://App.Example.com", "https://app.example.com:443"})
    void an_origin_may_be_written_as_people_do(String allowed) throws IOException {
        try (var gateway = serving(allowed)) {

            assertThat(preflight(gateway, CHAT, APP, "authorization").status()).isEqualTo(204);
        }
    }

    @Test
    void every_reply_to_an_allowed_origin_can_be_read_by_its_page() throws IOException {
        try (var gateway = serving(APP)) {
            String from = "origin: " + APP + "\r\n";
            String fields = GatewayFixture.FIELDS + from;

            List<HttpMessage> replies =
                    List.of(
                            gateway.post(CHAT, fields, BODY),
                            gateway.post(CHAT, fields, BODY.replace("}", ",\"stream\":true}")),
                            gateway.post(CHAT, from, BODY),
                            gateway.post("/v1/nothing", fields, BODY),
                            gateway.post(CHAT, fields, "{"),
                            gateway.post(CHAT, fields + "content-encoding: br\r\n", BODY),
                            gateway.post(CHAT, fields + "content-encoding: gzip\r\n", BODY));

            assertThat(replies)
                    .extracting(HttpMessage::status)
                    .containsExactly(200, 200, 401, 404, 400, 415, 400);
            assertThat(replies)
                    .allSatisfy(reply -> {
                        assertThat(reply.field("access-control-allow-origin")).hasValue(APP);
                        assertThat(reply.field("vary")).hasValue("origin");
                        assertThat(reply.field("access-control-expose-headers").orElse(""))
                                .contains("request-id", "retry-after", "x-gateway-attempts");
                    });
        }
    }

    @Test
    void another_origin_and_none_see_nothing_of_it() throws IOException {
        try (var gateway = serving(APP)) {
            String evil = GatewayFixture.FIELDS + "origin: https://evil.example\r\n";

            assertThat(corsFields(gateway.post(CHAT, evil, BODY))).isEmpty();
            assertThat(corsFields(gateway.post(CHAT, GatewayFixture.FIELDS, BODY))).isEmpty();
        }
    }

    @Test
    void without_origins_there_is_no_cors_until_a_plan_brings_it() throws IOException {
        try (var gateway = serving()) {
            String fields = GatewayFixture.FIELDS + "origin: " + APP + "\r\n";
            assertThat(corsFields(gateway.post(CHAT, fields, BODY))).isEmpty();
            assertThat(preflight(gateway, CHAT, APP, "authorization").status()).isEqualTo(405);

            gateway.swap("second", plan(APP));

            assertThat(preflight(gateway, CHAT, APP, "authorization").status()).isEqualTo(204);
            assertThat(corsFields(gateway.post(CHAT, fields, BODY))).isNotEmpty();
        }
    }

    @Test
    void an_options_request_that_is_no_preflight_is_an_unknown_method() throws IOException {
        try (var gateway = serving(APP);
                RawClient client = gateway.client()) {

            HttpMessage reply =
                    client.send(
                                    "OPTIONS "
                                            + CHAT
                                            + " HTTP/1.1\r\nhost: test\r\norigin: "
                                            + APP
                                            + "\r\n\r\n")
                            .response();

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.field("access-control-allow-origin")).hasValue(APP);
        }
    }

    @Test
    void what_a_page_asks_for_comes_back_only_as_a_name() throws IOException {
        try (var gateway = serving(APP)) {

            HttpMessage reply =
                    preflight(
                            gateway, CHAT, APP, "x-stainless-a\tb, anthropic-\u00e9, openai-x y,,");

            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.field("access-control-allow-headers")).isEmpty();
        }
    }

    private GatewayFixture serving(String... origins) {
        return GatewayFixture.serving(plan(origins));
    }

    private GatewayPlan plan(String... origins) {
        return Plans.with(
                GatewayFixture.plan(GatewayFixture.account(upstream).plan()),
                Plans.calledFrom(origins));
    }

    private static HttpMessage preflight(
            GatewayFixture gateway, String path, String origin, String headers) throws IOException {
        try (RawClient client = gateway.client()) {
            return client.send(
                            "OPTIONS "
                                    + path
                                    + " HTTP/1.1\r\nhost: test\r\norigin: "
                                    + origin
                                    + "\r\naccess-control-request-method: POST\r\n"
                                    + "access-control-request-headers: "
                                    + headers
                                    + "\r\n\r\n")
                    .response();
        }
    }

    private static List<String> corsFields(HttpMessage reply) {
        return Arrays.stream(reply.head().split("\r\n", -1))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("access-control-") || line.startsWith("vary:"))
                .toList();
    }
}
