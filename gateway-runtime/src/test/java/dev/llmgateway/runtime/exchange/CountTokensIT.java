package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `count_tokens` before upstreams that have no such route (translation.md 9).
class CountTokensIT {
    private static final String COUNT = "/v1/messages/count_tokens";
    private static final String COUNTED =
            "{\"object\":\"response.input_tokens\",\"input_tokens\":321}";
    private static final String ASK =
            "{\"model\":\"gpt-5.6\",\"system\":\"Be brief.\",\"max_tokens\":9,\"stream\":true,"
                    + "\"metadata\":{\"user_id\":\"u\"},\"temperature\":1,"
                    + "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}],"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"four words of text\"}]}";

    private static GatewayFixture before(FaultUpstream upstream, Provider provider) {
        return GatewayFixture.serving(
                GatewayFixture.plan(
                        GatewayFixture.account(upstream)
                                .provider(provider)
                                .formats(WireFormat.Responses, WireFormat.ChatCompletions)
                                .plan()));
    }

    @Test
    void openai_counts_for_clients_of_messages() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, COUNTED));
                var gateway = before(upstream, Provider.OpenAI)) {

            HttpMessage reply = gateway.post(COUNT, ASK);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{\"input_tokens\":321}");
            assertThat(reply.field("content-type")).hasValue("application/json");
            assertThat(reply.field("x-gateway-estimate")).isEmpty();
            HttpMessage sent = upstream.received().getFirst().message();
            assertThat(sent.startLine()).isEqualTo("POST /v1/responses/input_tokens HTTP/1.1");
            JsonNode body = GatewayFixture.json(sent.text());
            assertThat(body.path("instructions").asText()).isEqualTo("Be brief.");
            assertThat(body.at("/tools/0/name").asText()).isEqualTo("f");
            assertThat(body.properties().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder(
                            "model", "instructions", "input", "tools", "reasoning");
        }
    }

    /// It is paid for by nobody, and whoever cannot count may still answer.
    @Test
    void a_count_is_no_use_of_the_account() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, COUNTED));
                var gateway = before(upstream, Provider.OpenAI)) {

            gateway.post(COUNT, ASK);

            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("input_tokens").asInt()).isZero();
            assertThat(line.path("outcome").asText()).isEqualTo("served");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "404 | {\"error\":{\"message\":\"no such route\"}}",
                "429 | {\"error\":{\"message\":\"slowly\"}}",
                "500 | {}",
                "200 | {\"input_tokens\":\"many\"}",
                "200 | <html>"
            })
    void where_openai_does_not_count_the_gateway_estimates(int status, String answer)
            throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(status, answer));
                var gateway = before(upstream, Provider.OpenAI)) {

            HttpMessage reply = gateway.post(COUNT, ASK);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("x-gateway-estimate")).hasValue("true");
            assertThat(GatewayFixture.json(reply.text()).path("input_tokens").asInt())
                    .isBetween(4, 60);
            assertThat(
                            gateway.services()
                                    .accounts()
                                    .of("UpstreamAccount/default/upstream")
                                    .view()
                                    .phase())
                    .isEqualTo("Serving");
        }
    }

    @Test
    void a_request_that_makes_no_sense_is_refused() throws IOException {
        try (var upstream =
                        FaultUpstream.always(Script.json(400, "{\"error\":{\"message\":\"no\"}}"));
                var gateway = before(upstream, Provider.OpenAI)) {

            assertThat(gateway.post(COUNT, ASK).status()).isEqualTo(400);
            assertThat(gateway.post(COUNT, "{\"model\":\"gpt-5.6\",\"messages\":7}").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void compatible_servers_are_not_asked() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, COUNTED));
                var gateway = before(upstream, Provider.OpenAICompatible)) {

            HttpMessage reply = gateway.post(COUNT, ASK);

            assertThat(reply.field("x-gateway-estimate")).hasValue("true");
            assertThat(upstream.received()).isEmpty();
        }
    }
}
