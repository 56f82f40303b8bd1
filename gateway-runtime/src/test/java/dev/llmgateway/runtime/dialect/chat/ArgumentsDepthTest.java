package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arguments as they stand inside the outer string; `|` cuts them into pieces.
class ArgumentsDepthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\\\"a\\\":[{}]}",
                "{\\\"a}\\\":\\\"{\\\"}",
                "{\\\"a\\\\\\\"}\\\":1}",
                "{\\\"a\\\":\\\"\\\\\\\\\\\"}",
                "{\\\"a\\\":\\\"x\\\\|\\\"{\\\"}",
                "\\u007b\\u0022{\\u0022:1\\u007d",
                "{|\\\"|a}|\\\"|:|1|}",
            })
    void what_was_opened_and_closed_is_complete(String arguments) {
        ArgumentsDepth depth = read(arguments);

        assertThat(depth.complete()).isTrue();
        assertThat(depth.cut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\\\"a}",
                "{\\\"a\\\":\\\"x\\\\\\\"}",
                "{\\\"a\\\":\\\"x\\\\|\\\"}",
                "{\\\"a\\\":\\\"\\u005c\\u0022}",
                "[{}",
                "\\u007b\\\"a\\\":1",
            })
    void what_is_still_open_is_cut(String arguments) {
        ArgumentsDepth depth = read(arguments);

        assertThat(depth.complete()).isFalse();
        assertThat(depth.cut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "\\\"{}\\\"", "null", "}"})
    void what_opens_nothing_is_neither(String arguments) {
        ArgumentsDepth depth = read(arguments);

        assertThat(depth.complete()).isFalse();
        assertThat(depth.cut()).isFalse();
    }

    private static ArgumentsDepth read(String arguments) {
        ArgumentsDepth depth = new ArgumentsDepth();
        for (String piece : arguments.split("\\|", -1)) {
            depth.read(Slice.of(piece));
        }
        return depth;
    }
}
