package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.HeaderPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.upstream.Credential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers on real sockets, both ways: the upstream sees the head it would see without the hostile
/// lines, byte for byte (reliability-security.md S4); the client sees only ours and the few that
/// may pass (S24).
class HeaderFirewallIT {
    private static final CredentialRef REF = new CredentialRef("default", "secret", "key");
    private static final String SECRET = "sk-account-secret";
    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final String OTHERS = "caller-value";

    private volatile Script script = Script.json(200, "{\"id\":\"x\"}");
    private final FaultUpstream upstream = FaultUpstream.start(_ -> script);

    @AfterEach
    void stop() {
        upstream.close();
    }

    /// Names that never pass, in every spelling that some server reads as the same.
    private static List<String> hostileLines() {
        List<String> names = new ArrayList<>();
        for (String name :
                List.of(
                        "authorization",
                        "x-api-key",
                        "api-key",
                        "x-goog-api-key",
                        "x-goog-user-project",
                        "x-amz-security-token",
                        "ocp-apim-subscription-key",
                        "cookie",
                        "cookie2",
                        "set-cookie",
                        "proxy-authorization",
                        "proxy-connection",
                        "proxy-authenticate",
                        "x-forwarded-for",
                        "x-forwarded-host",
                        "x-forwarded-proto",
                        "x-forwarded-prefix",
                        "x-forwarded-client-cert",
                        "forwarded",
                        "x-real-ip",
                        "x-client-ip",
                        "true-client-ip",
                        "via",
                        "te",
                        "trailer",
                        "upgrade-insecure-requests",
                        "http2-settings",
                        "keep-alive",
                        "accept-encoding",
                        "content-location",
                        "x-original-url",
                        "x-rewrite-url",
                        "x-http-method-override",
                        "x-method-override",
                        "x-host",
                        "x-llm-gateway-account",
                        "x-request-id",
                        "request-id",
                        "openai-organization",
                        "openai-project",
                        "range",
                        "if-none-match",
                        "origin",
                        "referer",
                        "sec-fetch-mode",
                        "x-secret")) {
            names.add(name);
            names.add(name.toUpperCase(Locale.ROOT));
            names.add(name.replace('-', '_'));
            names.add(name.replace('-', '.'));
        }
        return names.stream().distinct().map(name -> name + ": " + OTHERS + "\r\n").toList();
    }

    static Stream<CredentialPlan> credentials() {
        return Stream.concat(
                Stream.of(
                        new CredentialPlan.Anonymous(),
                        new CredentialPlan.OAuth(REF, "", List.of())),
                Stream.of(CredentialPlan.Header.values())
                        .map(header -> new CredentialPlan.ApiKey(REF, header)));
    }

    private GatewayFixture gateway(CredentialPlan credential) {
        var account =
                GatewayFixture.account(upstream)
                        .provider(Provider.OpenAICompatible)
                        .credential(credential)
                        .addHeaders(
                                new HeaderPlan("x-team", "ours"),
                                new HeaderPlan("x-bad", "a\r\nx-injected: b"),
                                new HeaderPlan("x-b\r\nx-injected", "b"),
                                new HeaderPlan("Cookie", "c"),
                                new HeaderPlan("x_api_key", "c"))
                        .forwardHeaders(
                                "x-trace",
                                "Authorization",
                                "x_api_key",
                                "COOKIE",
                                "X-Forwarded-For")
                        .plan();
        var gateway =
                GatewayFixture.serving(
                        GatewayFixture.plan(GatewayFixture.account(upstream).plan()));
        gateway.swap(
                "firewall",
                GatewayFixture.plan(account),
                _ -> Optional.of(new Credential.Value(SECRET)));
        return gateway;
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void no_hostile_line_changes_a_byte_of_the_head(CredentialPlan credential) throws IOException {
        try (var gateway = gateway(credential)) {
            String plain = head(gateway, "");
            assertThat(plain).contains("x-team: ours\r\n").doesNotContain("injected", "x-bad");
            assertThat(credentialLines(plain)).hasSizeLessThanOrEqualTo(1);
            assertThat(credentialLines(plain))
                    .allMatch(line -> line.endsWith(SECRET))
                    .hasSize(credential instanceof CredentialPlan.Anonymous ? 0 : 1);

            List<String> lines = hostileLines();
            assertThat(lines).hasSizeGreaterThan(120);
            for (String line : lines) {
                assertThat(head(gateway, line + line)).as("twice " + line).isEqualTo(plain);
            }
            for (int from = 0; from < lines.size(); from += 80) {
                String many =
                        String.join("", lines.subList(from, Math.min(lines.size(), from + 80)));
                assertThat(head(gateway, many)).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "Authorization, x-api-key, api-key, x-goog-api-key",
                "host",
                "content-length",
                "accept-encoding, x-team",
                "close, authorization",
                "keep-alive,authorization,transfer-encoding",
                ",,authorization ,",
                "X-Trace-Not-There"
            })
    void nominating_our_own_lines_removes_none(String nominated) throws IOException {
        try (var gateway = gateway(new CredentialPlan.ApiKey(REF, CredentialPlan.Header.Bearer))) {
            String plain = head(gateway, "");

            assertThat(head(gateway, "Connection: " + nominated + "\r\n")).isEqualTo(plain);
            assertThat(head(gateway, "connection: close\r\nCONNECTION: " + nominated + "\r\n"))
                    .isEqualTo(plain);
        }
    }

    @Test
    void what_the_caller_nominates_is_its_own_and_does_not_pass() throws IOException {
        try (var gateway = gateway(new CredentialPlan.ApiKey(REF, CredentialPlan.Header.Bearer))) {
            String traced = head(gateway, "x-trace: 1\r\nuser-agent: a\r\n");
            String nominated =
                    head(
                            gateway,
                            "Connection: X-TRACE,User-Agent\r\nx-trace: 1\r\nuser-agent: a\r\n");

            assertThat(traced).contains("x-trace: 1\r\n", "user-agent: a\r\n");
            assertThat(nominated).isEqualTo(head(gateway, ""));
        }
    }

    /// A caller's own credential passes once, and only with the gateway's own header beside it.
    @Test
    void a_passed_through_credential_is_the_callers_first_line_only() throws IOException {
        try (var gateway = gateway(new CredentialPlan.Passthrough())) {
            String own = "x-llm-gateway-key: " + GatewayFixture.KEY + "\r\n";
            String twice =
                    send(
                            gateway,
                            own
                                    + "Authorization: Bearer mine\r\nauthorization: Bearer other\r\n"
                                    + "authorization_: x\r\nx_api_key: y\r\ncookie: z\r\n");

            assertThat(credentialLines(twice)).containsExactly("Authorization: Bearer mine");
            assertThat(twice).doesNotContain(GatewayFixture.KEY, "cookie", "other");
        }
    }

    /// What opened the gateway is the gateway's key, which no provider may see: such an account is
    /// not asked at all.
    @Test
    void without_the_gateways_own_header_nothing_is_passed_through() throws IOException {
        try (var gateway = gateway(new CredentialPlan.Passthrough())) {
            int before = upstream.received().size();
            for (String line : List.of("authorization: Bearer ", "x-api-key: ", "api-key: ")) {
                HttpMessage reply =
                        gateway.post(
                                "/v1/chat/completions",
                                line
                                        + GatewayFixture.KEY
                                        + "\r\ncontent-type: application/json\r\n",
                                BODY);

                assertThat(reply.status()).as(line).isEqualTo(404);
            }
            assertThat(upstream.received()).hasSize(before);
        }
    }

    private String head(GatewayFixture gateway, String lines) throws IOException {
        return send(gateway, "x-api-key: " + GatewayFixture.KEY + "\r\n" + lines);
    }

    private String send(GatewayFixture gateway, String lines) throws IOException {
        try (RawClient client = gateway.client()) {
            HttpMessage reply =
                    client.request(
                                    "POST /v1/chat/completions HTTP/1.1",
                                    "content-type: application/json\r\n" + lines,
                                    BODY)
                            .response();
            assertThat(reply.status()).as(lines + reply.text()).isEqualTo(200);
        }
        return upstream.received().getLast().message().head();
    }

    private static List<String> credentialLines(String head) {
        Set<String> names =
                Set.of("authorization", "xapikey", "apikey", "xgoogapikey", "cookie", "proxyauth");
        return head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .filter(line ->
                        names.contains(
                                line.substring(0, line.indexOf(':'))
                                        .toLowerCase(Locale.ROOT)
                                        .replaceAll("[^a-z]", "")))
                .toList();
    }

    private static final String HOSTILE_REPLY =
            String.join(
                            "\r\n",
                            "Set-Cookie: a=b; Domain=.example.com",
                            "Set-Cookie2: a=b",
                            "Alt-Svc: h3=\":443\"",
                            "Server: upstream",
                            "Strict-Transport-Security: max-age=1",
                            "Public-Key-Pins: x",
                            "Access-Control-Allow-Origin: *",
                            "Access-Control-Allow-Credentials: true",
                            "Content-Security-Policy: x",
                            "Clear-Site-Data: \"*\"",
                            "Location: http://evil/",
                            "Refresh: 0; url=http://evil/",
                            "Link: </x>; rel=preload",
                            "WWW-Authenticate: Basic",
                            "Proxy-Authenticate: Basic",
                            "Proxy-Authorization: x",
                            "Authentication-Info: x",
                            "X-Accel-Redirect: /secret",
                            "X-Sendfile: /etc/passwd",
                            "X-Powered-By: x",
                            "Via: 1.1 x",
                            "Connection: x-request-id, retry-after",
                            "Keep-Alive: timeout=1",
                            "Upgrade: h2c",
                            "Trailer: x",
                            "Content-Location: /x",
                            "Content-Disposition: attachment",
                            "Request-Id: theirs",
                            "X-Request-Id: theirs",
                            "X-Gateway-Account: theirs",
                            "X-Gateway-Attempts: 99",
                            "Server-Timing: theirs",
                            "openai-organization: org-secret",
                            "openai-processing-ms: 1",
                            "x-ratelimit-remaining-requests: 1",
                            "anthropic-organization-id: org-secret",
                            "anthropic-ratelimit-unified-status: x",
                            "cf-ray: x",
                            "Report-To: x",
                            "NEL: x",
                            "Timing-Allow-Origin: *",
                            "")
                    + "\r\n";

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 413, 422, 500, 529})
    void a_reply_shows_the_client_only_what_is_allowed(int status) throws IOException {
        script =
                Script.answer(
                        status,
                        HOSTILE_REPLY.stripTrailing() + "\r\nContent-Type: application/json\r\n",
                        "{\"error\":{\"message\":\"m\"}}");
        try (var gateway = gateway(new CredentialPlan.Anonymous())) {
            HttpMessage reply = gateway.post("/v1/chat/completions", BODY);

            Set<String> names = new TreeSet<>();
            reply.fields()
                    .forEach(line ->
                            names.add(
                                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)));
            assertThat(names)
                    .isSubsetOf(
                            "content-length",
                            "content-type",
                            "request-id",
                            "retry-after",
                            "server-timing",
                            "x-gateway-attempts",
                            "x-request-id");
            assertThat(reply.head()).doesNotContain("theirs", "secret", "evil");
        }
    }

    /// OpenAI echoes parts of the key in its 401.
    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429, 503, 529})
    void credential_and_capacity_faults_of_a_pooled_account_are_not_the_clients(int status)
            throws IOException {
        script =
                Script.json(
                        status,
                        "{\"error\":{\"message\":\"Incorrect API key provided: sk-acc**cret\"}}");
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
            try (var gateway =
                    gateway(new CredentialPlan.ApiKey(REF, CredentialPlan.Header.Bearer))) {
                HttpMessage reply = gateway.post(path, BODY);

                assertThat(reply.status()).isIn(503, 529);
                assertThat(reply.wire()).doesNotContain("Incorrect", "cret", "sk-");
                assertThat(reply.field("retry-after")).isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 000 X",
                "HTTP/1.1 001 X",
                "HTTP/1.1 099 X",
                "HTTP/1.1 101 Switching Protocols",
                "HTTP/1.1 600 X",
                "HTTP/1.1 999 X",
                "HTTP/1.1 1000 X",
                "HTTP/1.1 20 X",
                "HTTP/1.1 2000 X",
                "HTTP/1.1 2OO OK",
                "HTTP/1.1 -20 X",
                "HTTP/1.1  200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/1.2 200 OK",
                "http/1.1 200 OK",
                "ICY 200 OK",
                "HTTP/1.1 301 Moved",
                "HTTP/1.1 302 Found",
                "HTTP/1.1 304 Not Modified",
                "HTTP/1.1 307 Temporary Redirect",
                "garbage"
            })
    void a_status_that_makes_no_sense_is_a_bad_gateway(String statusLine) throws IOException {
        script =
                Script.of(
                        Step.write(
                                statusLine
                                        + "\r\nlocation: http://evil/\r\ncontent-length: 2\r\n\r\n{}"),
                        new Step.End());
        try (var gateway = gateway(new CredentialPlan.Anonymous())) {
            HttpMessage reply = gateway.post("/v1/chat/completions", BODY);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.wire()).doesNotContain("evil");
            script = Script.json(200, "{\"id\":\"x\"}");
            assertThat(gateway.post("/v1/chat/completions", BODY).status()).isEqualTo(200);
        }
    }
}
