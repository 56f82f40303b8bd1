package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.dialect.json.RandomJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// What passes through whole gateways and real sockets comes out as it went in.
class FidelityProperties {
    /// Somewhat less than the 64 KiB in which bodies are kept.
    private static final int SEGMENT = (64 << 10) - 96;

    private static final String RENAMED = "up/\"stream\" 1";
    private static final WireFormat[] STREAMED = {
        WireFormat.Messages, WireFormat.ChatCompletions, WireFormat.Responses
    };

    private static volatile Script script = Script.json(200, "{}");
    private static @Nullable FaultUpstream upstream;
    private static @Nullable GatewayFixture plain;
    private static @Nullable GatewayFixture renaming;

    @BeforeContainer
    static void start() {
        FaultUpstream started = FaultUpstream.start(_ -> script);
        upstream = started;
        plain = GatewayFixture.before(started);
        renaming = GatewayFixture.renaming(started, RENAMED);
    }

    @AfterContainer
    static void stop() {
        present(plain).close();
        present(renaming).close();
        present(upstream).close();
    }

    private static <T> T present(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    @Property(tries = 60)
    void the_upstream_receives_the_bytes_of_the_client(@ForAll long seed) throws IOException {
        String body = sometimesLong(new RandomJson(seed).body(), new Random(seed));
        ModelValues models = ModelValues.in(body);
        script = Script.json(200, "{}");

        HttpMessage reply = send(present(plain), body, new Random(seed));

        // Readers that take the first duplicate must see what the gateway authorised: the last.
        boolean ambiguous = models.names().size() > 1;
        String expected = ambiguous ? models.replaced(body, models.last()) : body;
        assertPassed(reply, models, expected);
    }

    @Property(tries = 60)
    void renaming_changes_the_values_of_model_and_nothing_else(@ForAll long seed)
            throws IOException {
        String body = sometimesLong(new RandomJson(seed).body(), new Random(seed));
        ModelValues models = ModelValues.in(body);
        script = Script.json(200, "{}");

        HttpMessage reply = send(present(renaming), body, new Random(seed));

        assertPassed(reply, models, models.replaced(body, RENAMED));
    }

    private static void assertPassed(HttpMessage reply, ModelValues models, String expected)
            throws IOException {
        if (models.last().isEmpty()) {
            assertThat(reply.status()).isEqualTo(400);
            return;
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        HttpMessage received = present(upstream).received().getLast().message();
        assertThat(received.text()).isEqualTo(expected);
        assertThat(ModelValues.in(received.text()).names().stream().distinct()).hasSize(1);
        assertThat(received.field("content-length"))
                .hasValue(Integer.toString(bytes(expected).length()));
    }

    @Property(tries = 60)
    void json_replies_come_back_as_they_were_sent(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String answer = new RandomJson(seed).body();
        script = cut(Script.json(200, answer), random);

        HttpMessage reply = send(present(plain), "{\"model\":\"asked\"}", random);

        assertThat(reply.text()).isEqualTo(answer);
        assertThat(reply.field("content-length")).hasValue("" + bytes(answer).length());
    }

    @Property(tries = 60)
    void json_replies_name_the_model_the_client_asked_for(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String answer = new RandomJson(seed).body();
        script = cut(Script.json(200, answer), random);

        HttpMessage reply = send(present(renaming), "{\"model\":\"asked\"}", random);

        assertThat(reply.text()).isEqualTo(ModelValues.in(answer).replaced(answer, "asked"));
    }

    @Property(tries = 60)
    void streams_come_back_as_they_were_sent(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VendorStream stream = stream(random, "up");
        String text = withLineEnds(stream.text(), random);
        script = VendorStream.chunked(text, random);

        HttpMessage reply = present(plain).post(stream.path(), VendorStream.request("asked"));

        assertThat(reply.status()).isEqualTo(200);
        assertSame(reply.text(), text);
    }

    @Property(tries = 60)
    void streams_name_the_model_the_client_asked_for(@ForAll long seed) throws IOException {
        String text = stream(new Random(seed), "up").text();
        Random random = new Random(seed);
        VendorStream expected = stream(random, "asked");
        script = VendorStream.chunked(text, random);

        HttpMessage reply = present(renaming).post(expected.path(), VendorStream.request("asked"));

        assertThat(reply.text()).isEqualTo(expected.text());
    }

    @Example
    void a_picture_of_ten_megabytes_passes() throws IOException {
        script = Script.json(200, "{}");
        String picture = "iVBORw0KGgo+/AbC".repeat(10 << 16);
        String body =
                "{\"messages\":[{\"content\":\"data:image/png;base64,"
                        + picture
                        + "\"}],\"model\":\"asked\"}";

        HttpMessage reply = present(renaming).post("/v1/responses", body);

        assertThat(reply.status()).isEqualTo(200);
        String received = present(upstream).received().getLast().message().text();
        // Not isEqualTo: a failure must not print 20 MB.
        assertThat(received.equals(ModelValues.in(body).replaced(body, RENAMED))).isTrue();
    }

    @Example
    void a_reply_far_beyond_every_buffer_passes() throws IOException {
        String answer = "{\"b64_json\":\"" + "iVBORw0KGgo+/AbC".repeat(20 << 16) + "\"}";
        script = Script.json(200, answer);

        HttpMessage reply = present(plain).post("/v1/responses", "{\"model\":\"asked\"}");

        assertThat(reply.body().equals(answer)).isTrue();
    }

    /// Every fourth body with so much text in front that what follows lies about a segment's end.
    private static String sometimesLong(String body, Random random) {
        if (random.nextInt(4) > 0) {
            return body;
        }
        int brace = body.indexOf('{') + 1;
        String rest = body.substring(brace);
        return body.substring(0, brace)
                + "\"pad\":\""
                + "QUJD+/==".repeat(SEGMENT / 8)
                + "x".repeat(random.nextInt(64))
                + '"'
                + (rest.stripLeading().startsWith("}") ? "" : ",")
                + rest;
    }

    /// Sends the body in two or three writes.
    private static HttpMessage send(GatewayFixture gateway, String body, Random random)
            throws IOException {
        String wire = bytes(body);
        int first = random.nextInt(wire.length() + 1);
        int second = first + random.nextInt(wire.length() - first + 1);
        try (RawClient client = gateway.client()) {
            return client.send(
                            "POST /v1/responses HTTP/1.1\r\nhost: test\r\n"
                                    + GatewayFixture.FIELDS
                                    + "content-length: "
                                    + wire.length()
                                    + "\r\n\r\n"
                                    + wire.substring(0, first))
                    .send(wire.substring(first, second))
                    .send(wire.substring(second))
                    .response();
        }
    }

    private static Script cut(Script whole, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> whole;
            case 1 -> whole.cutEvery(1 + random.nextInt(3), Duration.ZERO);
            default -> whole.cutEvery(20 + random.nextInt(100), Duration.ofMillis(1));
        };
    }

    private static VendorStream stream(Random random, String model) {
        WireFormat format = STREAMED[random.nextInt(STREAMED.length)];
        String[] deltas = new String[1 + random.nextInt(12)];
        String[] texts = {
            "a", "日本", "😀", "\\\"model\\\":\\\"x\\\"", "data: [DONE]\\n\\n", "é".repeat(300)
        };
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = texts[random.nextInt(texts.length)];
        }
        return VendorStream.of(format, model, deltas);
    }

    private static String withLineEnds(String text, Random random) {
        return random.nextBoolean() ? text : text.replace("\n", "\r\n");
    }

    /// The line feed behind the last carriage return may come when the reply has ended already.
    private static void assertSame(String actual, String expected) {
        boolean optional = expected.endsWith("\r\n");
        assertThat(optional ? actual.stripTrailing() : actual)
                .isEqualTo(optional ? expected.stripTrailing() : expected);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
