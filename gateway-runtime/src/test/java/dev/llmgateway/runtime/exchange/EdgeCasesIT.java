package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases of translation.md 6 that only show on the wire.
class EdgeCasesIT {
    private static final String MESSAGES = "/v1/messages";
    private static final String UNKNOWN_BETA =
            "context-management-2025-06-27,never-heard-of-2031-01-01";
    private static final String BETAS =
            "anthropic-version: 2023-06-01\r\nanthropic-beta: " + UNKNOWN_BETA + "\r\n";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                    + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
    private static final String COMPLETION =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";

    /// Blanks and escapes as no writer of ours would put them.
    private static final String AGENT =
            "{ \"model\":\"m\", \"max_tokens\": 9,\"system\":[{\"type\":\"text\",\"text\":"
                    + "\"x-anthropic-billing-header: cch=ab12;\"},{\"type\":\"text\",\"text\":\"\\u0042e\"},"
                    + "{\"type\":\"text\",\"text\":\"brief\"}],\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                    + "{\"role\":\"system\",\"content\":\"b\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\","
                    + "\"thinking\":\"\",\"signature\":\"S\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]},"
                    + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"r\"}]}],"
                    + "\"context_management\":{\"edits\":[]},\"never_heard_of\":{\"a\" : 1} }";

    private static GatewayFixture before(FaultUpstream upstream, WireFormat format) {
        return GatewayFixture.serving(
                GatewayFixture.plan(GatewayFixture.account(upstream).formats(format).plan()));
    }

    @Test
    void case_27_case_30_case_31_an_agents_body_reaches_anthropic_as_it_is() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGE));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply =
                    gateway.post(MESSAGES + "?beta=true", GatewayFixture.FIELDS + BETAS, AGENT);

            assertThat(reply.status()).isEqualTo(200);
            HttpMessage sent = upstream.received().getFirst().message();
            assertThat(sent.text()).isEqualTo(AGENT);
            assertThat(sent.field("anthropic-beta")).hasValue(UNKNOWN_BETA);
        }
    }

    @Test
    void case_29_a_beta_and_its_field_leave_together() throws IOException {
        try (var chat = FaultUpstream.always(Script.json(200, COMPLETION));
                var gateway = before(chat, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, GatewayFixture.FIELDS + BETAS, AGENT);

            assertThat(reply.status()).isEqualTo(200);
            HttpMessage sent = chat.received().getFirst().message();
            assertThat(sent.text()).doesNotContain("context_management");
            assertThat(sent.fields())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("anthropic"));
            assertThat(reply.field("x-gateway-warnings").orElse(""))
                    .contains("context_management=", "never_heard_of=");
        }
    }

    @Test
    void case_42_a_compressed_body_is_decoded_a_bomb_too_large_rubbish_a_bad_request()
            throws IOException {
        byte[] body = AGENT.getBytes(StandardCharsets.UTF_8);
        byte[] rubbish = Zstd.compress(body);
        Arrays.fill(rubbish, 6, rubbish.length, (byte) 0xFF);
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGE));
                var gateway = before(upstream, WireFormat.Messages)) {

            assertThat(compressed(gateway, Zstd.compress(body)).status()).isEqualTo(200);
            assertThat(compressed(gateway, Zstd.compress(new byte[64 << 20])).status())
                    .isEqualTo(413);
            assertThat(compressed(gateway, rubbish).status()).isEqualTo(400);

            assertThat(upstream.received()).hasSize(1);
            assertThat(upstream.received().getFirst().message().text()).isEqualTo(AGENT);
        }
    }

    private static HttpMessage compressed(GatewayFixture gateway, byte[] body) throws IOException {
        try (RawClient client = gateway.client()) {
            return client.send(
                            "POST "
                                    + MESSAGES
                                    + " HTTP/1.1\r\nhost: test\r\n"
                                    + GatewayFixture.FIELDS
                                    + "content-encoding: zstd\r\ncontent-length: "
                                    + body.length
                                    + "\r\n\r\n"
                                    + new String(body, StandardCharsets.ISO_8859_1))
                    .response();
        }
    }

    @Test
    void case_43_one_path_answers_two_families_of_clients() throws IOException {
        String bearer =
                "authorization: Bearer "
                        + GatewayFixture.KEY
                        + "\r\ncontent-type: application/json\r\n";
        try (var upstream = FaultUpstream.always(Script.json(200, COMPLETION));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage openAi =
                    gateway.post(
                            MESSAGES,
                            bearer,
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"seed\":1}");
            HttpMessage anthropic =
                    gateway.post(
                            MESSAGES,
                            bearer + "anthropic-version: 2026-10-21\r\n",
                            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

            assertThat(GatewayFixture.json(openAi.text()).path("object").asText())
                    .isEqualTo("chat.completion");
            assertThat(GatewayFixture.json(anthropic.text()).path("type").asText())
                    .isEqualTo("message");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages/batches", "/v1/files", "/v1/batches"})
    void case_46_what_needs_a_store_is_not_found_and_not_proxied(String path) throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGE));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(path, "{}");

            assertThat(reply.status()).isEqualTo(404);
            JsonNode error = GatewayFixture.json(reply.text());
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.at("/error/type").asText()).isEqualTo("not_found_error");
            assertThat(error.path("error").has("code")).isTrue();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void case_48_an_agents_first_requests_are_answered_without_a_detour() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGE));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage models = gateway.get("/v1/models?limit=1000");
            HttpMessage routed =
                    gateway.post(MESSAGES + "?beta=true", GatewayFixture.FIELDS + BETAS, AGENT);

            assertThat(models.status()).isEqualTo(200);
            assertThat(GatewayFixture.json(models.text()).path("object").asText())
                    .isEqualTo("list");
            assertThat(routed.status()).isEqualTo(200);
            try (RawClient client = gateway.client()) {
                String head = "HEAD / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";
                assertThat(client.send(head).responseToHead().status()).isIn(200, 404);
            }
        }
    }
}
