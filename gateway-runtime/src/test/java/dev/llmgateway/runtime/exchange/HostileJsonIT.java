package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that two parsers read differently: either refused, or the model, the stream flag and the
/// tools that were authorised are those that any upstream reads (reliability-security.md S16). The
/// key may call `gpt-*` only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJsonIT {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNumberLength(10_000).build())
                    .build();
    private static final ObjectMapper VALUES = new ObjectMapper(FACTORY);
    private static final ObjectMapper STRICT =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{\"id\":\"x\"}"));

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    @BeforeAll
    void start() {
        var key = GatewayFixture.key().filter(List.of("gpt-*"), List.of()).plan();
        gateway =
                GatewayFixture.serving(
                        Plans.gateway(
                                List.of(GatewayFixture.account(upstream).plan()), List.of(key)));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static List<String> refused() {
        List<String> bodies = new ArrayList<>();
        for (String model :
                List.of(
                        "\"Model\":\"o1\"",
                        "\"MODEL\":\"o1\"",
                        "\"mODEL\":\"o1\"",
                        "\"\\u004dodel\":\"o1\"",
                        "\"model\":\"o1\"",
                        "\"mod\\u0065l\":\"o1\"",
                        "\"model\":null",
                        "\"model\":1",
                        "\"model\":[\"o1\"]",
                        "\"model\":{\"a\":1}",
                        "\"model\":\"gpt-\\ud800\"",
                        "\"model\":\"gpt-\\udc00\"",
                        "\"model\":\"gpt-\\x41\"",
                        "\"model\":\"gpt-\u0000\"",
                        "\"model\":'gpt-4o'",
                        "\"stream\":true,\"stream\":false",
                        "\"stream\":true,\"str\\u0065am\":null",
                        "\"Stream\":true",
                        "\"STREAM\":true",
                        "\"\u017ftream\":true",
                        "\"tools\":[],\"tools\":[{\"type\":\"x\"}]",
                        "\"tools\":[],\"too\\u006cs\":[1]",
                        "\"Tools\":[1]",
                        "\"TOOLS\":[1]",
                        "\"messages\":[],\"messages\":[1]",
                        "\"x\":NaN",
                        "\"x\":Infinity",
                        "\"x\":-Infinity",
                        "\"x\":+1",
                        "\"x\":01",
                        "\"x\":1.",
                        "\"x\":.1",
                        "\"x\":0x10",
                        "\"x\":1e",
                        "\"x\":undefined",
                        "\"x\":True",
                        "\"x\":\"\n\"",
                        "\"x\":\"\u0000\"",
                        "\"x\":1,",
                        "x:1",
                        "'x':1",
                        "\"x\":/**/1",
                        "\"x\":1//",
                        "\"x\":" + "[".repeat(10_000) + "]".repeat(10_000),
                        "\"x\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))) {
            bodies.add("{\"model\":\"gpt-4o\"," + model + "}");
        }
        String good = "{\"model\":\"gpt-4o\"}";
        bodies.addAll(
                List.of(
                        "",
                        " ",
                        "[" + good + "]",
                        "\"" + "gpt-4o" + "\"",
                        good + good,
                        good + " " + good,
                        good + "\n{\"model\":\"o1\"}",
                        good + "x",
                        good + "\0",
                        good + ",",
                        "\ufeff" + good,
                        "\u0000" + good,
                        ")]}'\n" + good,
                        "\u001e" + good,
                        "data: " + good,
                        "{\"model\":\"o1\"}",
                        "{\"m\\u006fdel\":\"o1\"}",
                        "{\"model\":\"gpt-4o\\u0000\\ud800\"}"));
        return bodies;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_parsers_disagree_about_is_refused(String body) throws IOException {
        // Another model that is read may also be one the key lacks.
        refused(post(body.getBytes(UTF_8), "application/json"), 400, 403);
    }

    @Test
    void other_encodings_of_a_document_are_refused() throws IOException {
        String good = "{\"model\":\"gpt-4o\",\"x\":\"\u00e9\"}";
        for (Charset charset :
                List.of(
                        UTF_16LE,
                        UTF_16BE,
                        Charset.forName("UTF-16"),
                        Charset.forName("UTF-32LE"),
                        Charset.forName("UTF-32BE"),
                        Charset.forName("IBM037"),
                        ISO_8859_1)) {
            refused(post(good.getBytes(charset), "application/json"), 400);
        }
        for (String bytes : List.of("\u00c0\u00af", "\u00ed\u00a0\u0080", "\u0080", "\u00ff")) {
            String body = "{\"model\":\"gpt-4o\",\"x\":\"" + bytes + "\"}";
            refused(post(body.getBytes(ISO_8859_1), "application/json"), 400);
        }
    }

    /// The bytes are UTF-8 for us; an upstream that believes the type would read others.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-16",
                "application/json;charset=UTF-7",
                "application/json; charset=ibm037",
                "application/json; charset=\"utf-16le\"",
                "application/json; charset=utf-8; charset=utf-16",
                "application/json; x=y; CHARSET=utf-16",
                "application/json; charset*=utf-16''x",
                "application/json; charset = utf-32",
                "text/json",
                "application/jsonx",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml+json2",
                ""
            })
    void a_type_that_could_mean_another_document_is_refused(String type) throws IOException {
        refused(post("{\"model\":\"gpt-4o\"}".getBytes(UTF_8), type), 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf8\"",
                "application/json; q=1",
                "application/vnd.api+json"
            })
    void a_type_that_means_json_passes(String type) throws IOException {
        assertThat(post("{\"model\":\"gpt-4o\"}".getBytes(UTF_8), type).status()).isEqualTo(200);
    }

    static List<String> passing() {
        List<String> bodies = new ArrayList<>();
        for (String odd :
                List.of(
                        "\"model\":\"gpt-5\"",
                        "\"mod\\u0065l\":\"gpt-5\"",
                        "\"m\\u006F\\u0064el\":\"g\\u0070t-\\u0035\",\"model\":\"gpt-6\"",
                        "\"stream\":false,\"stream\":false",
                        "\"stre\\u0061m\":false",
                        "\"stream\":\"true\"",
                        "\"stream\":1",
                        "\"x\":1e400",
                        "\"x\":-1e400",
                        "\"x\":-0",
                        "\"x\":-0.0",
                        "\"x\":1e-400",
                        "\"x\":" + "9".repeat(2_000),
                        "\"x\":\"\\ud800\"",
                        "\"x\":\"\\udc00\\ud800\"",
                        "\"x\":\"\\u0000\"",
                        "\"x\":{\"model\":\"o1\",\"Model\":\"o1\",\"stream\":true}",
                        "\"x\":[{\"model\":\"o1\"}]",
                        "\"x\":\"\\\"model\\\":\\\"o1\\\"\"",
                        "\"models\":[\"o1\"]",
                        "\"mode\":\"o1\"",
                        "\"\\u0000model\":\"o1\"",
                        "\"model \":\"o1\"",
                        "\"model\\u0000\":\"o1\"",
                        "\"\":\"o1\"",
                        "\"__proto__\":{\"model\":\"o1\"}",
                        "\"toolset\":[1]",
                        "\"unknown\":1,\"unknown\":2",
                        "\"x\":" + "[".repeat(127) + "]".repeat(127))) {
            bodies.add("{\"model\":\"gpt-4o\"," + odd + "}");
            bodies.add("{" + odd + ",\"model\":\"gpt-4o\"}");
        }
        return bodies;
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_passes_is_read_alike_by_every_upstream(String body) throws IOException {
        int logged = gateway.text().split("\n", -1).length;
        HttpMessage reply = post(body.getBytes(UTF_8), "application/json");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        String authorised = gateway.log(logged).getLast().path("model_asked").asText();

        String seen = upstream.received().getLast().message().text();
        List<Map.Entry<String, JsonNode>> members = members(seen);
        assertThat(STRICT.readTree(seen).path("model").asText()).isEqualTo(authorised);
        assertThat(authorised).startsWith("gpt-");
        for (String name : List.of("model", "stream", "tools")) {
            // First wins, last wins, and case does not count.
            assertThat(
                            members.stream()
                                    .filter(member ->
                                            member.getKey()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('\u017f', 's')
                                                    .equals(name))
                                    .map(Map.Entry::getValue)
                                    .distinct())
                    .as(name)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /// `JsonScannerTest` reads 10 MiB of each.
    @Test
    void a_long_string_or_number_hides_nothing() throws IOException {
        for (String filler : List.of("\"" + "A".repeat(200_000) + "\"", "9".repeat(200_000))) {
            String hidden = "{\"x\":" + filler + ",\"model\":\"gpt-4o\",\"model\":\"o1\"}";
            String first = "{\"model\":\"o1\",\"x\":" + filler + ",\"model\":\"gpt-4o\"}";

            refused(post(hidden.getBytes(UTF_8), "application/json"), 403);
            assertThat(post(first.getBytes(UTF_8), "application/json").status()).isEqualTo(200);
            String seen = upstream.received().getLast().message().body();
            assertThat(seen)
                    .isEqualTo("{\"model\":\"gpt-4o\",\"x\":" + filler + ",\"model\":\"gpt-4o\"}");
        }
    }

    private static List<Map.Entry<String, JsonNode>> members(String document) throws IOException {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
        try (JsonParser parser = VALUES.createParser(document)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.add(Map.entry(name, VALUES.<JsonNode>readTree(parser)));
            }
        }
        return members;
    }

    private static void refused(HttpMessage reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.text()).isIn((Object[]) statuses);
        assertThat(GatewayFixture.json(reply.text()).path("error").path("message").asText())
                .isNotEmpty();
    }

    private HttpMessage post(byte[] body, String type) throws IOException {
        int before = upstream.received().size();
        try (RawClient client = gateway.client()) {
            HttpMessage reply =
                    client.send(
                                    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-api-key: "
                                            + GatewayFixture.KEY
                                            + "\r\ncontent-type: "
                                            + type
                                            + "\r\ncontent-length: "
                                            + body.length
                                            + "\r\n\r\n"
                                            + new String(body, ISO_8859_1))
                            .response();
            assertThat(upstream.received()).hasSize(before + (reply.status() == 200 ? 1 : 0));
            return reply;
        }
    }
}
