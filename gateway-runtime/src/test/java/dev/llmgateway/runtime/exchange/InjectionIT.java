package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that end lines, steer terminals or turn the direction of text, in every place a caller can
/// put one: looked for in the bytes of the reply, of the upstream's request and of the access log
/// (reliability-security.md S6).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Keeps plain texts apart from what surrounds them.
    private static final String MARK = "gpt-mark";

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{\"id\":\"x\"}"));

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    @BeforeAll
    void start() {
        var account =
                GatewayFixture.account(upstream).models(new ModelMapping("gpt-*", "", "")).plan();
        gateway = GatewayFixture.serving(GatewayFixture.plan(account));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static List<String> texts() {
        return List.of(
                "\r\nx-injected: 1",
                "\nx-injected: 1",
                "\rx-injected: 1",
                "\r\n\r\nGET / HTTP/1.1",
                "\0",
                "\u000b\u000c",
                "\u001b[31m\u001b]0;title\u0007",
                "\u007f",
                "\u0085",
                "\u009b31m",
                "\u2028{\"level\":\"info\"}",
                "\u2029",
                "\u560a\u560dx-injected: 1",
                "\u010a\u010dx-injected: 1",
                "\u202egnp.exe",
                "\u2066\u2069",
                "\u200f\u200b\ufeff",
                "\"}{\"injected\":\"1",
                "\\\"},{\"injected\":1",
                "'\"><script>alert(1)</script>",
                "${jndi:ldap://x/a}",
                "%0d%0ax-injected: 1",
                "{{7*7}}#{7*7}",
                "data: x\n\nevent: injected",
                "é😀\ud83d\ude00",
                "x".repeat(5_000));
    }

    /// The model's name reaches the error's message, the log and, when it is served, the upstream.
    @ParameterizedTest
    @MethodSource("texts")
    void in_the_name_of_a_model(String text) throws IOException {
        for (String model : List.of(MARK + text, text + MARK)) {
            String body = "{\"model\":" + JSON.writeValueAsString(model) + "}";
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
                HttpMessage reply = checked(path, "x-api-key: " + GatewayFixture.KEY, body);

                assertThat(reply.status()).isIn(200, 400, 404);
                if (reply.status() == 200) {
                    String seen = upstream.received().getLast().message().text();
                    assertThat(JSON.readTree(seen).path("model").asText()).isEqualTo(model);
                }
            }
        }
    }

    /// As bytes of UTF-8: controls end the request, the rest is refused or left out.
    @ParameterizedTest
    @MethodSource("texts")
    void in_a_header(String text) throws IOException {
        String latin1 =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String body = "{\"model\":\"gpt-4o\"}";
        String key = "x-api-key: " + GatewayFixture.KEY;
        for (String field :
                List.of(
                        "x-request-id: a" + latin1,
                        "user-agent: a" + latin1,
                        "traceparent: a" + latin1,
                        "content-type: application/json;a=" + latin1,
                        "x-session-id: " + latin1)) {
            checked("/v1/chat/completions", key + "\r\n" + field, body);
        }
        checked("/v1/chat/completions", key + latin1, body);
        checked("/v1/chat/completions", "authorization: Bearer " + latin1, body);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void in_a_path_or_query(String text) throws IOException {
        String latin1 =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String body = "{\"model\":\"gpt-4o\"}";
        String key = "x-api-key: " + GatewayFixture.KEY;
        for (String path :
                List.of(
                        "/v1/chat/completions/" + latin1,
                        "/v1/chat/completions?a=" + latin1,
                        "/v1/chat/completions?" + latin1 + "=b",
                        "/v1/models/" + latin1)) {
            checked(path, key, body);
        }
    }

    /// Whatever the answer is: its head is ours, its body and the log hold no byte that steers.
    private HttpMessage checked(String path, String fields, String body) throws IOException {
        int before = upstream.received().size();
        HttpMessage reply;
        try (RawClient client = gateway.client()) {
            reply =
                    client.request(
                                    "POST " + path + " HTTP/1.1",
                                    fields
                                            + "\r\n"
                                            + (fields.contains("content-type")
                                                    ? ""
                                                    : "content-type: application/json\r\n"),
                                    body)
                            .response();
        }
        assertThat(reply.field("x-injected")).isEmpty();
        assertThat(plain(reply.head().replace("\r\n", ""))).as(reply.head()).isTrue();
        assertThat(plain(reply.text())).as(reply.text()).isTrue();
        JSON.readTree(reply.text());
        upstream.received().stream()
                .skip(before)
                .forEach(seen -> {
                    assertThat(seen.message().field("x-injected")).isEmpty();
                    assertThat(seen.message().fields()).hasSizeLessThan(9);
                    assertThat(plain(seen.message().startLine())).isTrue();
                });
        return reply;
    }

    /// Holds no control, no line or paragraph separator and no format character.
    private static boolean plain(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE ->
                                    true;
                            default -> false;
                        });
    }

    /// The whole log of a run of all texts: a line is one JSON object of known members, in ASCII.
    @Test
    void every_line_of_the_access_log_is_one_plain_object() throws IOException {
        int requests = gateway.text().split("\n", -1).length - 1;
        for (String text : texts()) {
            String body = "{\"model\":" + JSON.writeValueAsString("none" + text) + "}";
            checked("/v1/messages", "x-api-key: " + GatewayFixture.KEY, body);
            requests++;
        }

        List<JsonNode> lines = gateway.log(requests);
        assertThat(gateway.text().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
        assertThat(lines).allMatch(line -> line.isObject() && !line.has("injected"));
        assertThat(gateway.text()).doesNotContain(GatewayFixture.KEY);
    }
}
