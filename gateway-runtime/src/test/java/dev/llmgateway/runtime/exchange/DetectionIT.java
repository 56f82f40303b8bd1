package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// One path, two shapes: the earlier product's examples go on working on `/v1/messages`.
class DetectionIT {
    private static GatewayFixture simulated() {
        return GatewayFixture.serving(
                GatewayFixture.plan(
                        Plans.account("sim")
                                .provider(Provider.Simulated)
                                .models(new ModelMapping("*", "", ""))
                                .plan()));
    }

    @Test
    void an_openai_body_with_a_bearer_key_is_answered_as_a_chat_completion() throws IOException {
        try (var gateway = simulated()) {

            HttpMessage reply =
                    gateway.post(
                            "/v1/messages",
                            "content-type: application/json\r\nauthorization: Bearer "
                                    + GatewayFixture.KEY
                                    + "\r\n",
                            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");

            JsonNode answer = answer(reply);
            assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
            assertThat(answer.path("choices").path(0).path("message").path("role").asText())
                    .isEqualTo("assistant");
            assertThat(gateway.log(1).getFirst().path("format_in").asText())
                    .isEqualTo("ChatCompletions");
        }
    }

    @Test
    void an_anthropic_body_with_its_header_is_answered_as_a_message() throws IOException {
        try (var gateway = simulated()) {

            HttpMessage reply =
                    gateway.post(
                            "/v1/messages",
                            GatewayFixture.FIELDS + "anthropic-version: 2023-06-01\r\n",
                            "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");

            JsonNode answer = answer(reply);
            assertThat(answer.path("type").asText()).isEqualTo("message");
            assertThat(answer.path("content").path(0).path("type").asText()).isEqualTo("text");
            assertThat(gateway.log(1).getFirst().path("format_in").asText()).isEqualTo("Messages");
        }
    }

    private static JsonNode answer(HttpMessage reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return GatewayFixture.json(reply.text());
    }
}
