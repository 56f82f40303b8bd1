package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedFrameTest {
    private static final String DATA = "{\"i\":0,\"text\":\"Hello\",\"n\":1}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a longer text than eight",
                "日本 😀",
                "\\\"\\\\\\u00e9\\n",
                "\\ud83d",
                "\\\\"
            })
    void the_same_bytes_around_another_text_are_the_same_delta(String inside) {
        LearnedFrame learned = learned();

        assertThat(match(learned, "{\"i\":0,\"text\":\"" + inside + "\",\"n\":1}"))
                .isEqualTo(Slice.of(inside));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"i\":1,\"text\":\"Hello\",\"n\":1}",
                "{\"i\":0,\"text\":\"Hello\",\"n\":2}",
                "{\"i\":0,\"text\":\"Hello\",\"n\":1} ",
                "{\"i\":0,\"text\":\",\"n\":1}",
                "{\"i\":0,\"text\":\"a\",\"text\":\"b\",\"n\":1}",
                "{\"i\":0,\"text\":\"a long text\\\",\"n\":1}",
                "{\"i\":0,\"text\":\"\\u12\",\"n\":1}",
                "{\"i\":0,\"text\":\"\\x\",\"n\":1}",
                "{\"i\":0,\"text\":\"\\u12g4\",\"n\":1}",
                "{\"i\":0,\"text\":\"a\"b\",\"n\":1}",
                "{\"i\":0,\"text\":\"a\",\"n\":1},{\"i\":0,\"text\":\"b\",\"n\":1}",
                "{\"i\":0,\"text\":\"tab\there\",\"n\":1}",
                "{",
                ""
            })
    void anything_else_has_to_be_parsed(String data) {
        assertThat(match(learned(), data)).isNull();
    }

    @Test
    void broken_utf_8_has_to_be_parsed() {
        byte[] cut = DATA.replace("Hello", "He\u65e5o").getBytes(UTF_8);
        cut[DATA.indexOf("Hello") + 4] = 'x';

        assertThat(learned().match(cut, 0, cut.length)).isNull();
    }

    @Test
    void nothing_is_known_before_a_frame_was_learned_and_after_it_was_forgotten() {
        LearnedFrame learned = learned();
        learned.forget();

        assertThat(match(learned, DATA)).isNull();
        assertThat(match(new LearnedFrame(), DATA)).isNull();
        assertThat(match(new LearnedFrame(), "")).isNull();
    }

    @Test
    void the_last_frame_learned_counts_shorter_or_longer() {
        LearnedFrame learned = learned();
        Slice shorter = Slice.of("{\"t\":\"x\"}");

        learned.learn(shorter, shorter.part(6, 7), Slice.EMPTY);

        assertThat(match(learned, "{\"t\":\"yy\"}")).isEqualTo(Slice.of("yy"));
        assertThat(match(learned, DATA)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'xy', '', xy",
        "'xy', 'longer \\\" than', xy",
        "'', 'n', ''",
        "'日\\n', '日', '日\\n'",
        "'xy', 'a\"b', ",
        "'xy', '\\', ",
        "'xy', 'n\",\"o\":\"', ",
        "'x\",\"n\":\"y', 'n', ",
        "'\\', 'n', ",
    })
    void noise_behind_the_text_may_be_any_text(String text, String noise, @Nullable String found) {
        LearnedFrame learned = new LearnedFrame();
        Slice data = Slice.of("{\"c\":\"a\",\"n\":\"nnn\"}");
        learned.learn(data, data.part(6, 7), data.part(14, 17));

        assertThat(match(learned, "{\"c\":\"" + text + "\",\"n\":\"" + noise + "\"}"))
                .isEqualTo(found == null ? null : Slice.of(found));
        assertThat(match(learned, "{\"c\":\"" + text + "\",\"m\":\"" + noise + "\"}")).isNull();
    }

    @Test
    void noise_before_the_text_is_not_learned() {
        LearnedFrame learned = new LearnedFrame();
        Slice data = Slice.of("{\"c\":\"a\",\"n\":\"nnn\"}");
        learned.learn(data, data.part(14, 17), data.part(6, 7));

        assertThat(match(learned, data.toString())).isNull();
    }

    @Test
    void strings_of_other_bytes_teach_nothing() {
        LearnedFrame learned = new LearnedFrame();
        Slice data = Slice.of("{\"c\":\"a\",\"n\":\"nnn\"}");
        learned.learn(data, Slice.EMPTY, Slice.EMPTY);
        learned.learn(data, data.copy().part(6, 7), Slice.EMPTY);

        assertThat(match(learned, data.toString())).isNull();
    }

    private static LearnedFrame learned() {
        Slice data = Slice.of("[" + DATA + "]").part(1, 1 + DATA.length());
        int start = DATA.indexOf("Hello");
        LearnedFrame learned = new LearnedFrame();
        learned.learn(data, data.part(start, start + 5), Slice.EMPTY);
        return learned;
    }

    private static @Nullable Slice match(LearnedFrame learned, String data) {
        byte[] padded = ("\"" + data + "\"}").getBytes(UTF_8);
        return learned.match(padded, 1, padded.length - 2);
    }
}
