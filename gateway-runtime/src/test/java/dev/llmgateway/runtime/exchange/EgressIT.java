package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where calls go is the plan's decision alone: no client and no upstream can point elsewhere.
class EgressIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final Script REPLY = Script.json(200, "{\"id\":\"x\",\"choices\":[]}");

    @Test
    void aClearUpstreamBehindAProxyIsNamedInTheRequestLine() throws IOException {
        try (FaultUpstream proxy = FaultUpstream.always(REPLY);
                GatewayFixture gateway = proxied(proxy, "http://llm.invalid:8000/api", List.of())) {
            assertThat(gateway.post(CHAT, "{\"model\":\"m\"}").status()).isEqualTo(200);

            HttpMessage sent = proxy.received().getFirst().message();
            assertThat(sent.startLine())
                    .isEqualTo("POST http://llm.invalid:8000/api/chat/completions HTTP/1.1");
            assertThat(sent.field("host")).contains("llm.invalid:8000");
            assertThat(sent.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("proxy-");
        }
    }

    @Test
    void aHostOfNoProxyIsCalledDirectly() throws IOException {
        try (FaultUpstream proxy = FaultUpstream.always(REPLY);
                FaultUpstream upstream = FaultUpstream.always(REPLY);
                GatewayFixture gateway =
                        proxied(proxy, upstream.address().toString(), List.of("127.0.0.0/8"))) {
            assertThat(gateway.post(CHAT, "{\"model\":\"m\"}").status()).isEqualTo(200);

            assertThat(upstream.received().getFirst().message().startLine())
                    .isEqualTo("POST " + CHAT + " HTTP/1.1");
            assertThat(proxy.ledger()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"api_base\":\"@\"",
                "\"base_url\":\"@\"",
                "\"baseURL\":\"@\"",
                "\"endpoint\":\"@\",\"api_key\":\"sk-x\"",
                "\"proxy\":\"@\",\"http_proxy\":\"@\",\"https_proxy\":\"@\"",
                "\"extra_body\":{\"api_base\":\"@\"}",
                "\"metadata\":{\"base_url\":\"@\",\"webhook\":\"@\"}",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"@/a.png\"}}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"@/a.png\"}}]}]",
                "\"tools\":[{\"type\":\"mcp\",\"server_url\":\"@\"}]"
            })
    void noFieldOfABodyIsCalledAndAllArePassed(String field) throws IOException {
        try (FaultUpstream attacker = FaultUpstream.always(REPLY);
                FaultUpstream upstream = FaultUpstream.always(REPLY);
                GatewayFixture gateway = GatewayFixture.before(upstream)) {
            String aimed = field.replace("@", attacker.address().toString());
            String body = "{\"model\":\"m\"," + aimed + "}";

            assertThat(gateway.post(CHAT, body).status()).isEqualTo(200);

            assertThat(upstream.received().getFirst().message().body()).isEqualTo(body);
            assertThat(attacker.ledger()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-api-base",
                "x-base-url",
                "x-forwarded-host",
                "x-forwarded-server",
                "x-original-url",
                "x-rewrite-url",
                "forwarded",
                "x-upstream-url",
                "x-litellm-api-base",
                "x-portkey-custom-host",
                "proxy",
                "http-proxy",
                "referer",
                "destination"
            })
    void noHeaderOfAClientPointsElsewhere(String name) throws IOException {
        try (FaultUpstream attacker = FaultUpstream.always(REPLY);
                FaultUpstream upstream = FaultUpstream.always(REPLY);
                GatewayFixture gateway = GatewayFixture.before(upstream)) {
            String fields = GatewayFixture.FIELDS + name + ": " + attacker.address() + "\r\n";

            assertThat(gateway.post(CHAT, fields, "{\"model\":\"m\"}").status()).isEqualTo(200);

            Received sent = upstream.received().getFirst();
            assertThat(sent.message().head()).doesNotContain(attacker.address().getAuthority());
            assertThat(attacker.ledger()).isEmpty();
        }
    }

    @Test
    void neitherHostNorAnAbsoluteTargetPointsElsewhere() throws IOException {
        try (FaultUpstream attacker = FaultUpstream.always(REPLY);
                FaultUpstream upstream = FaultUpstream.always(REPLY);
                GatewayFixture gateway = GatewayFixture.before(upstream)) {
            String authority = attacker.address().getAuthority();
            String end = GatewayFixture.FIELDS + "content-length: 13\r\n\r\n" + "{\"model\":\"m\"}";
            for (String start :
                    List.of(
                            "POST " + CHAT + " HTTP/1.1\r\nhost: " + authority + "\r\n",
                            "POST http://"
                                    + authority
                                    + CHAT
                                    + " HTTP/1.1\r\nhost: "
                                    + authority
                                    + "\r\n",
                            "POST http://" + authority + CHAT + " HTTP/1.1\r\nhost: test\r\n",
                            "POST //" + authority + CHAT + " HTTP/1.1\r\nhost: test\r\n",
                            "CONNECT " + authority + " HTTP/1.1\r\nhost: " + authority + "\r\n")) {
                try (RawClient client = gateway.client()) {
                    client.send(start + end);
                    assertThat(client.response().status()).isIn(200, 400, 404, 405, 501);
                }
            }

            assertThat(attacker.ledger()).isEmpty();
            assertThat(upstream.received())
                    .allSatisfy(sent ->
                            assertThat(sent.message().field("host"))
                                    .contains(upstream.address().getAuthority()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
    void redirectsAreNeverFollowed(int status) throws IOException {
        try (FaultUpstream attacker = FaultUpstream.always(REPLY);
                FaultUpstream upstream =
                        FaultUpstream.always(
                                Script.answer(
                                        status,
                                        "location: " + attacker.address() + CHAT + "\r\n",
                                        "moved"));
                GatewayFixture gateway = GatewayFixture.before(upstream)) {
            HttpMessage answer = gateway.post(CHAT, "{\"model\":\"m\"}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.wire()).doesNotContain(attacker.address().getAuthority());
            assertThat(attacker.ledger()).isEmpty();
        }
    }

    @Test
    void whyACertificateWasRefusedIsNoBusinessOfTheClient() throws IOException {
        try (FaultUpstream clear = FaultUpstream.always(REPLY);
                GatewayFixture gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        GatewayFixture.account(clear)
                                                .at(
                                                        "https://127.0.0.1:"
                                                                + clear.address().getPort())
                                                .timeouts(
                                                        new TimeoutPlan(
                                                                5_000, 500, 5_000, 5_000, 5_000,
                                                                5_000, 0))
                                                .plan()))) {
            HttpMessage answer = gateway.post(CHAT, "{\"model\":\"m\"}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("The upstream could not be reached.");
            assertThat(answer.body().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("tls", "certificate", "127.0.0.1");
        }
    }

    private static GatewayFixture proxied(
            FaultUpstream proxy, String baseUrl, List<String> noProxy) {
        EgressPlan egress =
                new EgressPlan(proxy.address().toString(), "", noProxy, "", true, List.of());
        return GatewayFixture.serving(
                GatewayFixture.plan(
                        GatewayFixture.account(proxy).at(baseUrl).egress(egress).plan()));
    }
}
