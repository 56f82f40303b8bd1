package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a key can ask the gateway itself.
class LocalRoutesIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final String USED =
            "{\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}";

    @Test
    void the_list_of_models_is_what_the_key_may_call() throws IOException {
        GatewayPlan plan =
                Plans.gateway(
                        List.of(
                                Plans.account("a")
                                        .models(
                                                new ModelMapping("claude-a", "", ""),
                                                new ModelMapping("gpt-a", "", ""),
                                                new ModelMapping("any-*", "", ""))
                                        .plan(),
                                Plans.account("b")
                                        .pool("other")
                                        .models(new ModelMapping("claude-b", "", ""))
                                        .plan()),
                        List.of(
                                GatewayFixture.key()
                                        .pools("default")
                                        .filter(List.of("*"), List.of("gpt-*"))
                                        .plan()),
                        Plans.route("r", "routed", Plans.target("default", "claude-a", 1, 0)));
        try (var gateway = GatewayFixture.serving(plan)) {

            HttpMessage reply = gateway.get("/v1/models");

            List<String> ids = new ArrayList<>();
            GatewayFixture.json(reply.text())
                    .path("data")
                    .forEach(model -> ids.add(model.path("id").asText()));
            assertThat(ids).containsExactlyInAnyOrder("claude-a", "routed");
            assertThat(gateway.get("/v1/models/claude-a").status()).isEqualTo(200);
            assertThat(gateway.get("/v1/models/claude-b").status()).isEqualTo(404);
        }
    }

    @Test
    void a_model_outside_the_allow_list_is_not_told() throws IOException {
        GatewayPlan plan =
                Plans.gateway(
                        List.of(
                                Plans.account("a")
                                        .models(
                                                new ModelMapping("claude-a", "", ""),
                                                new ModelMapping("gpt-a", "", ""))
                                        .plan()),
                        List.of(
                                GatewayFixture.key()
                                        .filter(List.of("claude-*"), List.of())
                                        .plan()));
        try (var gateway = GatewayFixture.serving(plan)) {

            HttpMessage reply = gateway.get("/v1/models");

            assertThat(reply.text()).contains("claude-a").doesNotContain("gpt-a");
            assertThat(gateway.get("/v1/models/gpt-a").status()).isEqualTo(404);
        }
    }

    @Test
    void a_key_reads_what_it_has_used() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, USED));
                var gateway = GatewayFixture.before(upstream)) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.post(CHAT, BODY).status()).isEqualTo(200);
            }
            assertThat(gateway.post(CHAT, "{}").status()).isEqualTo(400);

            JsonNode usage = GatewayFixture.json(gateway.get("/v1/usage").text());

            assertThat(usage.path("key").asText()).isEqualTo("default/tester");
            assertThat(usage.path("requests").asInt()).isEqualTo(4);
            assertThat(usage.path("errors").asInt()).isEqualTo(1);
            assertThat(usage.path("input_tokens").asInt()).isEqualTo(33);
            assertThat(usage.path("output_tokens").asInt()).isEqualTo(15);
        }
    }
}
