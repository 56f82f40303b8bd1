package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.admin.AdminFacts;
import dev.llmgateway.runtime.admin.AdminServer;
import dev.llmgateway.runtime.admin.AdminTokens;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.transport.TransportStats;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the admin port tells of the pool: why a request went where it went, and where the next
/// would go.
class IntrospectionIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";
    private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";
    private static final String USED =
            "{\"id\":\"1\",\"model\":\"m\",\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":2,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":30}}}";

    private final FaultUpstream busy =
            FaultUpstream.always(
                    Script.answer(
                            429, "retry-after: 40\r\ncontent-type: application/json\r\n", ERROR));
    private final FaultUpstream good = FaultUpstream.always(Script.json(200, USED));
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    private int port;

    @BeforeEach
    void start() {
        gateway =
                GatewayFixture.serving(
                        Plans.with(
                                Plans.gateway(
                                        List.of(
                                                Plans.account("a")
                                                        .at(busy.address() + "/v1")
                                                        .plan(),
                                                Plans.account("b")
                                                        .at(good.address() + "/v1")
                                                        .priority(1)
                                                        .plan(),
                                                Plans.account("c")
                                                        .at(good.address() + "/v1")
                                                        .suspended()
                                                        .plan()),
                                        List.of(GatewayFixture.key().plan())),
                                Plans.generous()));
        AdminFacts facts =
                new AdminFacts() {
                    @Override
                    public boolean draining() {
                        return false;
                    }

                    @Override
                    public boolean listening() {
                        return true;
                    }

                    @Override
                    public LoadReport report() {
                        return LoadReport.NOTHING;
                    }

                    @Override
                    public TransportStats transport() {
                        return gateway.stats();
                    }
                };
        port =
                new AdminServer(gateway.services(), facts, new AdminTokens(Optional.empty()))
                        .start(vertx, "127.0.0.1", 0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort();
    }

    @AfterEach
    void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        gateway.close();
        busy.close();
        good.close();
    }

    private HttpResponse<String> get(String page) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode page(String page) throws IOException {
        HttpResponse<String> reply = get(page);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return GatewayFixture.json(reply.body());
    }

    @Test
    void a_retried_request_is_told_with_who_was_asked_and_why() throws IOException {
        HttpMessage reply = gateway.post(CHAT, ASK);
        String id = reply.field("x-request-id").orElseThrow();

        JsonNode decision = page("/decisions/" + id);

        assertThat(decision.path("requestId").asText()).isEqualTo(id);
        assertThat(decision.path("account").asText()).isEqualTo("default/b");
        assertThat(decision.path("attempts").asInt()).isEqualTo(2);
        assertThat(decision.path("outcome").asText()).isEqualTo("served");
        JsonNode failed = decision.path("failedAttempts");
        assertThat(failed).hasSize(1);
        assertThat(failed.path(0).path("account").asText()).isEqualTo("default/a");
        assertThat(failed.path(0).path("class").asText()).isEqualTo("Capacity");
        assertThat(failed.path(0).path("httpStatus").asInt()).isEqualTo(429);
        assertThat(decision.path("candidates").findValuesAsText("account"))
                .containsExactly("default/a", "default/b");
        assertThat(decision.path("excluded").path(0).path("reason").asText())
                .isEqualTo("Suspended");
        assertThat(get("/decisions/none").statusCode()).isEqualTo(404);
    }

    @Test
    void explain_tells_who_would_be_asked_now() throws IOException {
        gateway.post(CHAT, ASK);

        JsonNode candidates =
                page("/explain?key=default/tester&model=m")
                        .path("formats")
                        .path("ChatCompletions")
                        .path("candidates");

        assertThat(candidates.findValuesAsText("account"))
                .containsExactly("default/a", "default/b");
        assertThat(candidates.findValuesAsText("reason")).containsExactly("CoolingDown", "Serving");
        assertThat(candidates.findValuesAsText("usable")).containsExactly("false", "true");
        assertThat(candidates.path(0).path("until").asText()).endsWith("Z");
        assertThat(get("/explain?key=default/nobody&model=m").statusCode()).isEqualTo(404);
        assertThat(get("/explain?key=default/tester").statusCode()).isEqualTo(400);
    }

    @Test
    void usage_tells_what_keys_and_accounts_used_in_the_last_minutes() throws IOException {
        gateway.post(CHAT, ASK);
        gateway.log(1);

        JsonNode usage = page("/usage?since=5m");

        assertThat(usage.path("minutes").asInt()).isEqualTo(5);
        assertThat(usage.at("/keys/default~1tester/requests").asInt()).isEqualTo(1);
        assertThat(usage.at("/accounts/default~1b/outputTokens").asInt()).isEqualTo(2);
        assertThat(page("/usage?since=nonsense").path("minutes").asInt()).isEqualTo(60);
        assertThat(page("/accounts").at("/0/egress").has("httpsProxy")).isTrue();
    }

    @Test
    void a_test_call_is_pinned_to_its_account_and_tells_status_latency_and_model()
            throws IOException {
        JsonNode answered =
                new ObjectMapper()
                        .readTree(post("{\"account\":\"default/b\",\"model\":\"m\"}").body());
        JsonNode refused =
                new ObjectMapper()
                        .readTree(post("{\"account\":\"default/a\",\"model\":\"m\"}").body());

        assertThat(answered.path("status").asInt()).isEqualTo(200);
        assertThat(answered.path("model").asText()).isEqualTo("m");
        assertThat(refused.path("status").asInt()).isEqualTo(429);
        assertThat(refused.path("message").asText()).isEqualTo("Capacity");
        assertThat(page("/accounts").path(0).path("state").asText()).isEqualTo("CoolingDown");
        assertThat(post("{\"account\":\"default/nobody\"}").statusCode()).isEqualTo(404);
        assertThat(post("nonsense").statusCode()).isEqualTo(400);
        assertThat(get("/test").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> post(String body) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/test"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void accounts_and_metrics_tell_states_quota_and_cache() throws IOException {
        gateway.post(CHAT, ASK);
        gateway.log(1);

        JsonNode accounts = page("/accounts");
        JsonNode first = accounts.path(0);
        assertThat(first.path("state").asText()).isEqualTo("CoolingDown");
        assertThat(first.path("lastFailure").path("message").asText()).isEqualTo("Capacity (429)");
        assertThat(first.path("changes").path(0).path("to").asText()).isEqualTo("CoolingDown");
        assertThat(first.path("changes").path(0).path("why").asText()).isEqualTo("Capacity (429)");
        assertThat(accounts.path(1).path("usage").path("cacheReadRatio").asDouble())
                .isEqualTo(0.75);
        assertThat(accounts.path(2).path("state").asText()).isEqualTo("Suspended");
        String metrics = get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "llm_gateway_account_state{account=\"default/a\",pool=\"default\","
                                + "state=\"CoolingDown\"} 1",
                        "llm_gateway_account_cache_read_ratio{account=\"default/b\","
                                + "pool=\"default\"} 0.7500",
                        "llm_gateway_upstream_calls_total 2",
                        "llm_gateway_upstream_failures_total{class=\"Capacity\"} 1",
                        "llm_gateway_retries_total 1");
    }
}
