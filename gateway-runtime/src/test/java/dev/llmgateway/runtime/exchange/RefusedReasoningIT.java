package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.model.AccountTag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Upstreams that do not take back what was thought in earlier turns are asked once more without it
/// (translation.md 3.5).
class RefusedReasoningIT {
    private static final String ANTHROPIC_CLIENT =
            "anthropic-version: 2023-06-01\r\n" + GatewayFixture.FIELDS;
    private static final String OPENAI =
            "{\"error\":{\"message\":\"The encrypted content gAAA could not be verified.\","
                    + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_encrypted_content\"}}";
    private static final String ANTHROPIC =
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                    + "\"message\":\"messages.1.content.0: Invalid `signature` in `thinking` block\"}}";
    private static final String RESPONSE =
            "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"error\":null,"
                    + "\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"completed\","
                    + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}]}],"
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\","
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}";

    /// An item that passes as it is.
    private static final String CODEX =
            "{\"model\":\"m\",\"store\":false,\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],"
                    + "\"encrypted_content\":\"gAAA\"}, {\"role\":\"user\",\"content\":\"a, [b]\"},"
                    + " {\"type\":\"reasoning\",\"id\":\"rs_2\",\"summary\":[],\"encrypted_content\":\"gAAB\"} ,"
                    + "{\"role\":\"user\",\"content\":\"c\"}]}";

    /// Refuses what still has a certain text in it.
    private static FaultUpstream refusing(String marker, String error, String answer) {
        return FaultUpstream.start(received ->
                received.message().text().contains(marker)
                        ? Script.json(400, error)
                        : Script.json(200, answer));
    }

    private static GatewayFixture before(FaultUpstream upstream, WireFormat format) {
        return GatewayFixture.serving(plan(upstream, format));
    }

    private static GatewayPlan plan(FaultUpstream upstream, WireFormat format) {
        Provider provider =
                format == WireFormat.Messages ? Provider.Anthropic : Provider.OpenAICompatible;
        return Plans.known(
                GatewayFixture.plan(
                        GatewayFixture.account(upstream)
                                .provider(provider)
                                .formats(format)
                                .plan()));
    }

    private static JsonNode sent(FaultUpstream upstream, int index) {
        return GatewayFixture.json(upstream.received().get(index).message().text());
    }

    private static String chat(String signature) {
        return "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\",\"reasoning_details\":[{\"type\":\"reasoning.text\","
                + "\"text\":\"hm\",\"signature\":\""
                + signature
                + "\",\"index\":0}]},{\"role\":\"user\",\"content\":\"c\"}]}";
    }

    /// A conversation of Messages with reasoning of account `a`.
    private static String carrying(GatewayPlan plan) {
        String tag = AccountTag.of(plan.accounts().getFirst().uid());
        String list = "[\"" + tag + "\",\"m\",\"rs_1\",\"gAAA\"]";
        String signature =
                "gwO1."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(list.getBytes(StandardCharsets.UTF_8));
        return "{\"model\":\"m\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\""
                + signature
                + "\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}]}";
    }

    @Test
    void items_of_reasoning_are_left_out_of_a_body_that_passes() throws IOException {
        try (var upstream = refusing("encrypted_content", OPENAI, RESPONSE);
                var gateway = before(upstream, WireFormat.Responses)) {

            HttpMessage reply = gateway.post("/v1/responses", CODEX);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(upstream.received()).hasSize(2);
            assertThat(upstream.received().getFirst().message().text()).isEqualTo(CODEX);
            assertThat(upstream.received().getLast().message().text())
                    .isEqualTo(
                            "{\"model\":\"m\",\"store\":false,\"input\":["
                                    + "{\"role\":\"user\",\"content\":\"a, [b]\"} ,"
                                    + "{\"role\":\"user\",\"content\":\"c\"}]}");
            assertThat(reply.field("x-gateway-warnings"))
                    .hasValue("input.reasoning=the upstream did not take it back");
            assertThat(reply.field("x-gateway-attempts")).hasValue("2");
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("warnings").asText()).startsWith("input.reasoning=");
            assertThat(line.path("outcome").asText()).isEqualTo("served");
        }
    }

    @Test
    void carried_reasoning_is_left_out_of_a_translation_to_responses() throws IOException {
        try (var upstream = refusing("\"gAAA\"", OPENAI, RESPONSE);
                var gateway = before(upstream, WireFormat.Responses)) {
            String body = carrying(plan(upstream, WireFormat.Responses));

            HttpMessage reply = gateway.post("/v1/messages", ANTHROPIC_CLIENT, body);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(upstream.received()).hasSize(2);
            assertThat(sent(upstream, 0).at("/input/1/encrypted_content").asText())
                    .isEqualTo("gAAA");
            assertThat(sent(upstream, 1).at("/input/1/content").asText()).isEqualTo("b");
            assertThat(reply.field("x-gateway-warnings").orElseThrow())
                    .contains("messages.reasoning=the upstream did not take it back");
        }
    }

    @Test
    void signed_thoughts_are_left_out_of_a_translation_to_messages() throws IOException {
        try (var upstream = refusing("\"thinking\"", ANTHROPIC, MESSAGE);
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post("/v1/chat/completions", chat("S"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(sent(upstream, 0).at("/messages/1/content/0/signature").asText())
                    .isEqualTo("S");
            assertThat(sent(upstream, 1).at("/messages/1/content/0/text").asText()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/chat/completions"})
    void the_second_refusal_is_the_clients(String path) throws IOException {
        boolean responses = path.endsWith("responses");
        String error = responses ? OPENAI : ANTHROPIC;
        try (var upstream = FaultUpstream.always(Script.json(400, error));
                var gateway =
                        before(upstream, responses ? WireFormat.Responses : WireFormat.Messages)) {

            HttpMessage reply = gateway.post(path, responses ? CODEX : chat("S"));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(upstream.received()).hasSize(2);
        }
    }

    @Test
    void what_has_no_reasoning_in_it_is_not_asked_again() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(400, OPENAI));
                var gateway = before(upstream, WireFormat.Responses)) {

            HttpMessage reply = gateway.post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\"}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).isEqualTo(OPENAI);
            assertThat(upstream.received()).hasSize(1);
        }
    }

    /// Claude Code recovers by itself, by the upstream's own words (translation.md 5.1).
    @Test
    void messages_that_pass_get_the_upstreams_words() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(400, ANTHROPIC));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply =
                    gateway.post(
                            "/v1/messages",
                            ANTHROPIC_CLIENT,
                            carrying(plan(upstream, WireFormat.Responses)));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).isEqualTo(ANTHROPIC);
            assertThat(upstream.received()).hasSize(1);
        }
    }

    @Test
    void strict_translation_leaves_nothing_out() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(400, OPENAI))) {
            GatewayPlan plan = Plans.with(plan(upstream, WireFormat.Responses), Plans.strict());
            try (var gateway = GatewayFixture.serving(plan)) {
                assertThat(gateway.post("/v1/responses", CODEX).status()).isEqualTo(400);
                assertThat(upstream.received()).hasSize(1);
            }
        }
    }
}
