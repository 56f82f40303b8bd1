package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.Routes;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Paths that one server reads as another than the next: with a good key and a good body none
/// reaches an upstream. And every route with every bad key is refused (reliability-security.md S15,
/// and the route inventory of its incident table).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePathIT {
    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final List<String> ROUTES =
            List.of(
                    "/messages",
                    "/messages/count_tokens",
                    "/chat/completions",
                    "/completions",
                    "/responses",
                    "/responses/resp_1",
                    "/responses/compact",
                    "/responses/input_tokens",
                    "/embeddings",
                    "/models",
                    "/models/gpt-4o",
                    "/usage");

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{}"));

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    @BeforeAll
    void start() {
        gateway =
                GatewayFixture.serving(
                        Plans.gateway(
                                List.of(GatewayFixture.account(upstream).plan()),
                                List.of(
                                        GatewayFixture.key().plan(),
                                        key("sk-suspended-key-1").suspended().plan(),
                                        key("sk-expired-key-001").expires(1).plan(),
                                        key("sk-rotated-key-001").notAfter(1).plan())));
    }

    private static Plans.Key key(String text) {
        return Plans.key(text).sha256(GatewayFixture.sha256(text));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String route :
                List.of("/v1/chat/completions", "/v1/messages", "/anthropic/messages")) {
            for (String end :
                    List.of(
                            ";x",
                            ";x=y",
                            "%3B",
                            "%3b",
                            "%3Bx",
                            "/",
                            "//",
                            "/.",
                            "/..",
                            "/%2e",
                            "/%2e%2e",
                            "%2f",
                            "%2F",
                            "%5c",
                            "%5C",
                            "\\",
                            "%00",
                            "%00.json",
                            "%0a",
                            "%0d%0a",
                            "%20",
                            "%09",
                            ".",
                            "..",
                            "%2e",
                            "%252e",
                            "%252f",
                            "%25",
                            "%",
                            "%zz",
                            "+",
                            "~",
                            "'",
                            "\"",
                            "<",
                            "*",
                            "!",
                            "@",
                            ":",
                            ":80",
                            ",",
                            "&x",
                            "=",
                            "$",
                            "|",
                            "`",
                            "^",
                            "{",
                            "}",
                            "[",
                            "]",
                            ".json",
                            "%c0%af",
                            "%e5",
                            "%ff",
                            "%u002f",
                            "/x",
                            "/../messages",
                            "/;/x",
                            "/%2e%2e;/x")) {
                paths.add(route + end);
            }
        }
        paths.addAll(
                List.of(
                        "//v1/chat/completions",
                        "///v1/chat/completions",
                        "/./v1/chat/completions",
                        "/../v1/chat/completions",
                        "/v1/./chat/completions",
                        "/v1//chat/completions",
                        "/v1/chat//completions",
                        "/v1/x/../chat/completions",
                        "/v1/%2e%2e/v1/chat/completions",
                        "/v1%2fchat%2fcompletions",
                        "/v1/chat%2Fcompletions",
                        "/v1\\chat\\completions",
                        "/v1;x/chat/completions",
                        "/;x/v1/chat/completions",
                        "/v1/chat;x/completions",
                        "/%76%31/chat/completions",
                        "/v1/%63hat/completions",
                        "/V1/chat/completions",
                        "/v1/Chat/completions",
                        "/v1/chat/COMPLETIONS",
                        "/v1/v1/v1/chat/completions",
                        "/openai/anthropic/v1/chat/completions",
                        "/OpenAI/v1/chat/completions",
                        "/anthropic/v1/gateway/v1/status",
                        "/v2/chat/completions",
                        "/v1beta/chat/completions",
                        "/v1/chat",
                        "/chat",
                        "/v1",
                        "/v1/",
                        "/v1/files",
                        "/v1/batches",
                        "/v1/images/generations",
                        "/v1/audio/speech",
                        "/v1/moderations",
                        "/v1/organization/api_keys",
                        "/v1/fine_tuning/jobs",
                        "/metrics",
                        "/livez",
                        "/readyz",
                        "/plan",
                        "/accounts",
                        "/explain",
                        "/.well-known/x",
                        "/.git/config",
                        "/api/hello",
                        "/v1/models/../chat/completions",
                        "/v1/models/%2e%2e/chat/completions",
                        "/v1/models/..%2Fchat%2Fcompletions",
                        "/v1/responses/../chat/completions",
                        "/v1/responses/x/cancel",
                        "/v1/responses/%2e%2e",
                        "/v1/chat/completions" + "x".repeat(6_000),
                        "/" + "v1/".repeat(2_000) + "chat/completions"));
        return paths.stream()
                .flatMap(path -> Stream.of(path, path + "?beta=true", path + "?/../v1/messages"))
                .toList();
    }

    @Test
    void odd_paths_never_reach_the_upstream() throws IOException {
        List<String> paths = paths();
        assertThat(paths).hasSizeGreaterThan(500);

        for (String path : paths) {
            // What is not found leaves the connection as it is.
            try (RawClient client = gateway.client()) {
                for (String method : List.of("POST", "GET")) {
                    HttpMessage reply =
                            send(client, method, path, "x-api-key: " + GatewayFixture.KEY + "\r\n");
                    assertThat(reply.status()).as(method + " " + path).isEqualTo(404);
                }
            }
        }
        assertThat(upstream.received()).isEmpty();
    }

    static List<String> everyRoute() {
        List<String> paths = new ArrayList<>(List.of("/gateway/v1/status"));
        for (String prefix : List.of("", "/anthropic", "/openai")) {
            for (String version : List.of("", "/v1", "/v1/v1")) {
                ROUTES.forEach(route -> paths.add(prefix + version + route));
            }
        }
        return paths;
    }

    /// The list above is all there is.
    @Test
    void the_inventory_knows_every_operation() {
        Set<Operation> seen = EnumSet.of(Operation.Root, Operation.Unknown);
        everyRoute().forEach(path -> seen.add(Routes.route(path).operation()));

        assertThat(seen).containsExactlyInAnyOrder(Operation.values());
    }

    @ParameterizedTest
    @MethodSource("everyRoute")
    void every_route_refuses_every_bad_key(String path) throws IOException {
        try (RawClient client = gateway.client()) {
            for (String key : badKeys()) {
                for (String method : List.of("POST", "GET", "DELETE", "PUT", "PATCH", "OPTIONS")) {
                    int status = send(client, method, path, key).status();
                    boolean taken = Routes.route(path).operation().allows(method);
                    assertThat(status)
                            .as(method + " " + path + " " + key)
                            .isEqualTo(taken ? 401 : 405);
                }
            }
        }
        assertThat(upstream.received()).isEmpty();
    }

    private static List<String> badKeys() {
        String good = GatewayFixture.KEY;
        return List.of(
                "",
                "x-api-key:\r\n",
                "x-api-key: " + good.substring(1) + "\r\n",
                "x-api-key: " + good + "x\r\n",
                "x-api-key: " + good.toUpperCase(java.util.Locale.ROOT) + "\r\n",
                "x-api-key: " + "x".repeat(600) + "\r\n",
                "x-api-key: wrong\r\nauthorization: Bearer " + good + "\r\n",
                "x-llm-gateway-key: wrong\r\nx-api-key: " + good + "\r\n",
                "x-llm-gateway-key:\r\nx-api-key: " + good + "\r\n",
                "x_api_key: " + good + "\r\n",
                "authorization: " + good + "\r\n",
                "authorization: Basic " + good + "\r\n",
                "authorization: Bearer\r\n",
                "authorization: Bearer " + good + ",x\r\n",
                "proxy-authorization: Bearer " + good + "\r\n",
                "cookie: x-api-key=" + good + "\r\n",
                "x-api-key: sk-suspended-key-1\r\n",
                "x-api-key: sk-expired-key-001\r\n",
                "x-api-key: sk-rotated-key-001\r\n",
                "x-api-key: ' OR 1=1 --------\r\n",
                "x-api-key: " + GatewayFixture.sha256(good) + "\r\n");
    }

    private static HttpMessage send(RawClient client, String method, String path, String key)
            throws IOException {
        return client.request(
                        method + " " + path + " HTTP/1.1",
                        key + "content-type: application/json\r\n",
                        BODY)
                .response();
    }
}
