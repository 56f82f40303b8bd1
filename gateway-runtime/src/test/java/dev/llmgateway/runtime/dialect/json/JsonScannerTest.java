package dev.llmgateway.runtime.dialect.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private final JsonScanner scanner = new JsonScanner();

    @Test
    void tells_model_stream_and_known_members() {
        BodyFacts facts =
                valid("{\"messages\":[],\"system\":\"s\",\"model\":\"m\",\"stream\":true}");

        assertThat(facts.model()).isEqualTo("m");
        assertThat(facts.modelSpans()).containsExactly(new Span(37, 38));
        assertThat(facts.stream()).isEqualTo(StreamFlag.True);
        assertThat(facts.keys().toSet())
                .containsExactlyInAnyOrder(
                        TopKey.MESSAGES, TopKey.SYSTEM, TopKey.MODEL, TopKey.STREAM);
    }

    @Test
    void names_and_values_written_with_escapes_count() {
        BodyFacts facts = valid("{\"mod\\u0065l\":\"g\\u0070t\",\"stre\\u0061m\":true}");

        assertThat(facts.model()).isEqualTo("gpt");
        assertThat(facts.stream()).isEqualTo(StreamFlag.True);
    }

    @Test
    void nested_models_do_not_count() {
        BodyFacts facts =
                valid(
                        "{\"a\":{\"model\":\"x\"},\"b\":[{\"model\":\"y\"}],\"c\":\"\\\"model\\\":1\"}");

        assertThat(facts.model()).isEmpty();
        assertThat(facts.modelSpans()).isEmpty();
    }

    @Test
    void the_last_of_several_models_wins_and_every_span_is_told() {
        BodyFacts facts = valid("{\"model\":\"a\",\"x\":1,\"model\":\"bb\"}");

        assertThat(facts.model()).isEqualTo("bb");
        assertThat(facts.modelSpans()).containsExactly(new Span(10, 11), new Span(28, 30));
    }

    private static final Set<TopKey> FREE =
            EnumSet.of(TopKey.MODEL, TopKey.STREAM, TopKey.PROMPT_CACHE_KEY, TopKey.INSTRUCTIONS);

    /// Members that are authorised or decide the format; `model` and an equal `stream` may repeat,
    /// and so may what only names a conversation.
    @Test
    void a_known_member_is_there_once() {
        for (TopKey key : TopKey.values()) {
            String member = "\"" + key.wireName() + "\":\"m\"";
            BodyScan twice = scan("{" + member + "," + member + "}", UTF_8);
            boolean repeats = FREE.contains(key);

            assertThat(twice instanceof BodyScan.Valid).as(key.wireName()).isEqualTo(repeats);
        }
        assertThat(valid("{\"x\":1,\"x\":2}").model()).isEmpty();
    }

    @Test
    void a_reset_scanner_remembers_nothing() {
        valid("{\"model\":\"a\",\"stream\":true,\"input\":1}");

        assertThat(valid("{}")).isEqualTo(new JsonScannerTest().valid("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":--1}",
                "{\"a\":0x1}",
                "{\"a\":Infinity}",
                "{\"a\":tru}",
                "{\"a\":trues}",
                "{\"a\":True}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":]}",
                "{\"a\":{]}",
                "{} {}",
                "{}x",
                "{}{",
                "{} 1",
                "{}\u0000",
                "/**/{}",
                "{}//",
                "{\"a\":1,,\"b\":2}",
                "{:1}",
                "{\"a\"::1}",
                "{1:2}",
                "{null:1}"
            })
    void refuses_what_jackson_refuses(String body) {
        assertThat(StrictJackson.read(body.getBytes(UTF_8))).isNull();

        assertThat(scan(body, UTF_8)).isInstanceOf(BodyScan.Invalid.class);
    }

    /// Jackson reads all of these; we do not, since another parser may read another model, or none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"model\"",
                "null",
                "\ufeff{}",
                "{\"stream\":true,\"stream\":false}",
                "{\"model\":1}",
                "{\"model\":\"a\",\"model\":null}",
                "{\"model\":null,\"model\":\"a\"}",
                "{\"Model\":\"a\"}",
                "{\"MODEL\":\"a\"}",
                "{\"Stream\":true}",
                "{\"\u017ftream\":true}",
                "{\"model\":\"\\ud800\"}",
                "{\"model\":\"\\udc00a\"}",
                "{\"model\":[\"a\"]}"
            })
    void is_stricter_than_jackson_about(String body) {
        assertThat(StrictJackson.read(body.getBytes(UTF_8))).isNotNull();

        assertThat(scan(body, UTF_8)).isInstanceOf(BodyScan.Invalid.class);
    }

    @Test
    void other_encodings_are_refused() {
        assertThat(scan("{\"model\":\"a\"}", UTF_16LE)).isInstanceOf(BodyScan.Invalid.class);
        assertThat(scan("{\"model\":\"a\"}", Charset.forName("UTF-32BE")))
                .isInstanceOf(BodyScan.Invalid.class);
        assertThat(scan("{\"a\":\"é\"}", ISO_8859_1)).isInstanceOf(BodyScan.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u00af",
                "\u00ed\u00a0\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u0080",
                "\u00e2\u0082"
            })
    void bytes_that_are_not_utf8_are_refused(String latin1) {
        assertThat(scan("{\"a\":\"" + latin1 + "\"}", ISO_8859_1))
                .isInstanceOf(BodyScan.Invalid.class);
    }

    @Test
    void unpaired_surrogate_escapes_outside_the_model_pass() {
        assertThat(valid("{\"a\":\"\\ud800\",\"\\udc00\":1}").model()).isEmpty();
    }

    @Test
    void depth_128_passes_and_129_does_not() {
        assertThat(scan("{\"a\":" + "[".repeat(127) + "]".repeat(127) + "}", UTF_8))
                .isInstanceOf(BodyScan.Valid.class);
        assertThat(scan("{\"a\":" + "[".repeat(128) + "]".repeat(128) + "}", UTF_8))
                .isEqualTo(new BodyScan.Invalid("nested deeper than 128", 132));
        assertThat(scan("[".repeat(10_000), UTF_8)).isInstanceOf(BodyScan.Invalid.class);
    }

    @Test
    void sixteen_models_pass_and_seventeen_do_not() {
        assertThat(valid("{" + "\"model\":\"a\",".repeat(15) + "\"model\":\"b\"}").modelSpans())
                .hasSize(16);
        assertThat(scan("{" + "\"model\":\"a\",".repeat(16) + "\"model\":\"b\"}", UTF_8))
                .isInstanceOf(BodyScan.Invalid.class);
    }

    @Test
    void a_model_of_512_bytes_passes_and_one_of_513_does_not() {
        assertThat(valid("{\"model\":\"" + "m".repeat(512) + "\"}").model()).hasSize(512);
        assertThat(scan("{\"model\":\"" + "m".repeat(513) + "\"}", UTF_8))
                .isInstanceOf(BodyScan.Invalid.class);
    }

    @Test
    void huge_strings_and_numbers_are_one_pass() {
        String image = "A".repeat(10 << 20);
        String digits = "9".repeat(10 << 20);

        assertThat(valid("{\"a\":\"" + image + "\",\"b\":" + digits + ",\"model\":\"m\"}").model())
                .isEqualTo("m");
    }

    @Test
    void an_error_names_the_offending_byte() {
        assertThat(scan("{\"a\":01}", UTF_8))
                .isEqualTo(
                        new BodyScan.Invalid(
                                "expected a comma or the end of the object or list", 6));
        assertThat(scan("{\"a\":", UTF_8)).isEqualTo(new BodyScan.Invalid("unexpected end", 5));
    }

    private BodyFacts valid(String body) {
        BodyScan scan = scan(body, UTF_8);
        assertThat(scan).isInstanceOf(BodyScan.Valid.class);
        return ((BodyScan.Valid) scan).facts();
    }

    private BodyScan scan(String body, Charset charset) {
        scanner.reset();
        scanner.feed(Unpooled.wrappedBuffer(body.getBytes(charset)));
        return scanner.finish();
    }
}
