package dev.llmgateway.runtime.dialect.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonScannerProperties {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 3000)
    void finds_the_model_and_stream_that_jackson_finds(@ForAll long seed) throws IOException {
        byte[] body = new RandomJson(seed).body().getBytes(UTF_8);

        BodyFacts facts = facts(body);

        JsonNode tree = JACKSON.readTree(body);
        assertThat(facts.model()).isEqualTo(tree.path("model").asText(""));
        assertThat(facts.stream()).isEqualTo(flag(tree.path("stream")));
        assertThat(facts.has(TopKey.MESSAGES)).isEqualTo(tree.has("messages"));
        assertThat(facts.has(TopKey.INPUT)).isEqualTo(tree.has("input"));
        assertThat(facts.has(TopKey.STOP)).isEqualTo(tree.has("stop"));
    }

    @Property(tries = 1000)
    void every_span_is_a_model_value_and_the_last_one_is_the_model(@ForAll long seed)
            throws IOException {
        byte[] body = new RandomJson(seed).body().getBytes(UTF_8);

        BodyFacts facts = facts(body);

        String last = "";
        for (Span span : facts.modelSpans()) {
            last = JACKSON.readValue(quoted(body, span), String.class);
        }
        assertThat(last).isEqualTo(facts.model());
    }

    @Property(tries = 1000)
    void a_splice_changes_only_the_model(@ForAll long seed, @ForAll String name)
            throws IOException {
        byte[] body = new RandomJson(seed).body().getBytes(UTF_8);
        BodyFacts facts = facts(body);
        // A lone surrogate in a Java string survives only as an escape; the scanner refuses it.
        String model = new String(name.getBytes(UTF_8), UTF_8);
        model = model.length() > 100 ? "long" : model;

        ModelSplice splice = ModelSplice.of(body.length, facts.modelSpans(), model);
        byte[] spliced = apply(splice, body);

        assertThat(spliced).hasSize((int) splice.length());
        JsonNode expected = JACKSON.readTree(body);
        if (!facts.modelSpans().isEmpty()) {
            ((ObjectNode) expected).put("model", model);
            assertThat(facts(spliced).model()).isEqualTo(model);
        }
        assertThat(JACKSON.readTree(spliced)).isEqualTo(expected);
    }

    @Property(tries = 300)
    void cuts_anywhere_change_nothing(@ForAll long seed) {
        byte[] body = new RandomJson(seed).body().getBytes(UTF_8);
        BodyFacts whole = facts(body);
        Random random = new Random(seed);

        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(scan(body, cut)).isEqualTo(new BodyScan.Valid(whole));
        }
        int[] cuts = random.ints(5, 0, body.length + 1).sorted().toArray();
        assertThat(scan(body, cuts)).isEqualTo(new BodyScan.Valid(whole));
    }

    @Property(tries = 3000)
    void refuses_a_damaged_body_whenever_jackson_does(@ForAll long seed) {
        byte[] body = new RandomJson(seed).body().getBytes(UTF_8);
        Random random = new Random(seed);
        String damage = "{}[]\",:\\0x-. \u0000tu";
        body[random.nextInt(body.length)] = (byte) damage.charAt(random.nextInt(damage.length()));

        BodyScan scan = scan(body);

        if (scan instanceof BodyScan.Valid(BodyFacts facts)) {
            JsonNode tree = StrictJackson.read(body);
            assertThat(tree).as(new String(body, UTF_8)).isNotNull();
            assertThat(facts.model()).isEqualTo(tree == null ? "" : tree.path("model").asText(""));
        }
    }

    private static BodyFacts facts(byte[] body) {
        BodyScan scan = scan(body);
        assertThat(scan).as(new String(body, UTF_8)).isInstanceOf(BodyScan.Valid.class);
        return ((BodyScan.Valid) scan).facts();
    }

    private static BodyScan scan(byte[] body, int... cuts) {
        JsonScanner scanner = new JsonScanner();
        int from = 0;
        for (int cut : cuts) {
            scanner.feed(Unpooled.wrappedBuffer(body, from, cut - from));
            from = cut;
        }
        scanner.feed(Unpooled.wrappedBuffer(body, from, body.length - from));
        return scanner.finish();
    }

    private static byte[] apply(ModelSplice splice, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (Span span : splice.spans()) {
            out.write(body, from, span.start() - from);
            out.writeBytes(splice.replacement(0));
            from = span.end();
        }
        out.write(body, from, body.length - from);
        return out.toByteArray();
    }

    private static byte[] quoted(byte[] body, Span span) {
        return Arrays.copyOfRange(body, span.start() - 1, span.end() + 1);
    }

    private static StreamFlag flag(JsonNode stream) {
        return switch (stream.getNodeType()) {
            case MISSING -> StreamFlag.Absent;
            case BOOLEAN -> stream.asBoolean() ? StreamFlag.True : StreamFlag.False;
            case NULL -> StreamFlag.Null;
            default -> StreamFlag.Other;
        };
    }
}
