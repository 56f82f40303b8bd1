package dev.llmgateway.runtime.dialect.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownChunkTest {
    private static final String BEFORE = "{\"id\":\"x\",\"delta\":{\"content\":\"";
    private static final String AFTER = "\"},\"usage\":null}";

    @ParameterizedTest
    @ValueSource(strings = {"a", "another \\\"text\\\"", "\\u65e5\\n", "\u00e6\u0097\u00a5", "{}"})
    void a_chunk_with_the_same_bytes_around_a_valid_text_is_known(String text) {
        assertThat(known(BEFORE + text + AFTER)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\"b",
                "a\\",
                "a\\x",
                "\\u12g4",
                "\\ud83",
                "\u00e6\u0097",
                "\u00ff",
                "a\nb",
                "a\",\"tool_calls\":\"",
                "a\"},\"usage\":null},{\"delta\":{\"content\":\"b",
            })
    void what_is_no_text_is_not_known(String middle) {
        assertThat(known(BEFORE + middle + AFTER)).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BEFORE + "a",
                BEFORE,
                "",
                BEFORE + "a" + AFTER + " ",
                " " + BEFORE + "a" + AFTER,
                BEFORE + "a\"},\"usage\":1234}",
                "{\"id\":\"y\",\"delta\":{\"content\":\"a" + AFTER,
            })
    void other_bytes_around_are_not_known(String chunk) {
        assertThat(known(chunk)).isEqualTo("-");
    }

    @Test
    void noise_behind_the_text_may_be_any_text() {
        KnownChunk known = new KnownChunk();
        Slice learned = slice("{\"c\":\"a\",\"n\":\"nnn\"}");
        known.learn(learned, learned.part(6, 7), learned.part(14, 17));

        assertThat(text(known, "{\"c\":\"xy\",\"n\":\"\"}")).isEqualTo("xy");
        assertThat(text(known, "{\"c\":\"xy\",\"n\":\"longer \\\" than\"}")).isEqualTo("xy");
        assertThat(text(known, "{\"c\":\"xy\",\"m\":\"n\"}")).isEqualTo("-");
        assertThat(text(known, "{\"c\":\"xy\",\"n\":\"n\",\"o\":\"\"}")).isEqualTo("-");
        assertThat(text(known, "{\"c\":\"xy\",\"n\":\"\\\"}")).isEqualTo("-");
        assertThat(text(known, "{\"c\":\"\",\"n\":\"n\"}")).isEqualTo("-");
    }

    @Test
    void noise_before_the_text_is_not_learned() {
        KnownChunk known = new KnownChunk();
        Slice learned = slice("{\"c\":\"a\",\"n\":\"nnn\"}");
        known.learn(learned, learned.part(14, 17), learned.part(6, 7));

        assertThat(text(known, "{\"c\":\"a\",\"n\":\"nnn\"}")).isEqualTo("-");
    }

    private static String known(String chunk) {
        KnownChunk known = new KnownChunk();
        Slice learned = slice(BEFORE + "first" + AFTER);
        int from = BEFORE.length();
        known.learn(learned, learned.part(from, from + 5), Slice.EMPTY);
        return text(known, chunk);
    }

    private static String text(KnownChunk known, String chunk) {
        Slice slice = slice(chunk);
        int end = known.end(slice.bytes(), slice.from(), slice.to());
        return end < 0
                ? "-"
                : new String(slice.bytes(), ISO_8859_1).substring(known.start(slice.from()), end);
    }

    /// In the middle of an array whose other bytes would go on validly.
    private static Slice slice(String latin) {
        byte[] bytes = ("\"\"\"" + latin + "\"}\"").getBytes(ISO_8859_1);
        return new Slice(bytes, 3, bytes.length - 3);
    }
}
