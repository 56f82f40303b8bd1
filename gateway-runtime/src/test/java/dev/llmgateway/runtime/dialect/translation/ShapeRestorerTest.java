package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeRestorerTest {
    private static final Block WRAPPED = new Block.ToolCall("c", "wrapped");
    private static final Block CUSTOM = new Block.ToolCall("c", "custom");

    private final Pieces.Seen seen = new Pieces.Seen();
    private final ShapeRestorer stage =
            new ShapeRestorer(Set.of("wrapped"), Set.of("custom"), seen);

    /// Arguments in pieces, and the free text they stand for; both as insides of JSON strings.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\\\"input\\\":\\\"abc\\\"}                   | abc",
                "{\\\"in;put\\;\":\\\"a;b;c\\\"};               | abc",
                "{ \\n\\\"input\\\" : \\t\\\"abc\\\" }         | abc",
                "{\\\"input\\\":\\\"\\\"}                      | ~~",
                "{\\\"input\\\":\\\"a\\\\nb\\\\\\\"c\\\\\\\\\\\"} | a\\nb\\\"c\\\\",
                "{\\\"input\\\":\\\"a\\;\\nb\\\\;\\\"c\\\"}     | a\\nb\\\"c",
                "{\\\"input\\\":\\\"\\\\u65e5;\\\\u00;e9\\\"}   | \\u65e5\\u00e9",
                "{\\\"input\\\":\\\"\\\\ud83d;\\\\ude00\\\"}    | \\ud83d\\ude00",
                "{\\\"input\\\":\\\"\\ud83d;\\ude00\\\"}        | \\ud83d\\ude00",
                "{\\\"input\\\":\\\"😀\\/\\\\/\\\"}             | 😀\\/\\/",
                "\\u007b\\u0022input\\u0022\\u003a\\u0022a\\u0022} | a",
                "{\\\"input\\\":\\\"a\\\",\\\"more\\\":1}      | a",
                "{\\\"input\\\":\\\"a\\\\qb\\\\u12g\\\"}        | a\\\\qb\\\\u12g",
                "{\\\"input\\\":\\\"cut off                    | cut off",
                "{\\\"input\\\":\\\"cut off\\                  | cut off",
                "{\\\"input\\\":\\\"cut off\\\\                | cut off",
                "{\\\"input\\\":\\\"cut off\\\\u12             | cut off",
                "{\\\"input\\\":\\\"cut off\\ud83d             | cut off\\ud83d",
                "{\\\"input\\\":\\\"cut off\\\\ud83d           | cut off\\ud83d",
                "{\\\"input\\\":5}                             | {\\\"input\\\":5}",
                "{\\\"inp;uts\\\":\\\"a\\\"}                    | {\\\"inputs\\\":\\\"a\\\"}",
                "{\\\"inp                                      | {\\\"inp",
                "{;}                                           | {}",
                "plain te;xt                                   | plain text",
                "~~                                            | ~~",
            })
    void calls_of_custom_tools_get_their_free_text_back(String pieces, String text) {
        run(CUSTOM, pieces);

        assertThat(Pieces.text(seen.events, 0)).isEqualTo(text);
        assertThat(seen.events.getFirst())
                .isEqualTo(new ReplyEvent.Open(0, new Block.CustomCall("c", "custom")));
        assertThat(seen.events.getLast()).isEqualTo(new ReplyEvent.Close(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\\\"value\\\":{\\\"a\\\":1}}                 | {\\\"a\\\":1}",
                "{\\\"va;lue\\;\": ;{\\\"a\\\";:1;};}           | {\\\"a\\\":1}",
                "{ \\\"value\\\" : \\n [1, {}] }               | [1, {}]",
                "{\\\"value\\\":5}                             | 5",
                "{\\\"value\\\":-1.5e3 , \\\"more\\\":1}       | -1.5e3",
                "{\\\"value\\\":true\\n}                       | true",
                "{\\\"value\\\":null}                          | null",
                "{\\\"value\\\":\\\"a}\\\\\\\"]\\\"}            | \\\"a}\\\\\\\"]\\\"",
                "{\\\"value\\\":{\\\"a\\\":\\\"}\\\\\\\\\\\"}}   | {\\\"a\\\":\\\"}\\\\\\\\\\\"}",
                "{\\\"value\\\":[\\\"\\ud83d;\\ude00\\\"]}      | [\\\"\\ud83d\\ude00\\\"]",
                "{\\\"value\\\":{\\\"cut\\\":\\\"of            | {\\\"cut\\\":\\\"of",
                "{\\\"value\\\":\\\"of\\ud83d                  | \\\"of\\ud83d",
                "{\\\"a\\\":1}                                 | {\\\"a\\\":1}",
                "{\\\"values\\\":1}                            | {\\\"values\\\":1}",
                "{;}                                           | {}",
                "{\\\"val                                      | {\\\"val",
                "~~                                            | ~~",
            })
    void wrapped_arguments_are_unwrapped(String pieces, String text) {
        run(WRAPPED, pieces);

        assertThat(Pieces.text(seen.events, 0)).isEqualTo(text);
        assertThat(seen.events.getFirst()).isEqualTo(new ReplyEvent.Open(0, WRAPPED));
        assertThat(seen.events.getLast()).isEqualTo(new ReplyEvent.Close(0));
    }

    @Test
    void calls_in_parallel_do_not_meet() {
        stage.accept(new ReplyEvent.Open(0, CUSTOM));
        stage.accept(new ReplyEvent.Open(1, WRAPPED));
        stage.accept(new ReplyEvent.Open(2, new Block.ToolCall("c", "plain")));
        for (String piece :
                Pieces.of("{\\\"", "value", "\\\":\\\"a\\\"}").stream()
                        .map(Slice::toString)
                        .toList()) {
            stage.accept(delta(0, piece.replace("value", "input")));
            stage.accept(delta(1, piece));
            stage.accept(delta(2, piece));
        }

        assertThat(Pieces.text(seen.events, 0)).isEqualTo("a");
        assertThat(Pieces.text(seen.events, 1)).isEqualTo("\\\"a\\\"");
        assertThat(Pieces.text(seen.events, 2)).isEqualTo("{\\\"value\\\":\\\"a\\\"}");
    }

    @Test
    void nothing_else_is_touched() {
        List<ReplyEvent> out = new ArrayList<>();
        ShapeRestorer other = new ShapeRestorer(Set.of("wrapped"), Set.of("custom"), out::add);
        List<ReplyEvent> events = new ArrayList<>();
        events.addAll(Pieces.block(0, new Block.Text(), Pieces.of("{\\\"value\\\":1}")));
        events.addAll(Pieces.block(1, new Block.ToolCall("c", "f"), Pieces.of("{\\\"input\\\":")));
        events.addAll(Pieces.block(2, new Block.CustomCall("c", "custom"), Pieces.of("{}")));
        events.add(new ReplyEvent.Fail(GatewayError.of(ErrorCode.OVERLOADED, "busy")));

        events.forEach(other);

        assertThat(out).hasSameSizeAs(events);
        for (int i = 0; i < out.size(); i++) {
            assertThat(out.get(i)).isSameAs(events.get(i));
        }
    }

    @Test
    void pieces_in_which_nothing_changes_pass_as_they_are() {
        List<ReplyEvent> out = new ArrayList<>();
        ShapeRestorer other = new ShapeRestorer(Set.of("wrapped"), Set.of("custom"), out::add);
        ReplyEvent free = delta(0, "free text 日本");
        ReplyEvent arguments = delta(1, "{\\\"a\\\":");

        other.accept(new ReplyEvent.Open(0, CUSTOM));
        other.accept(new ReplyEvent.Open(1, WRAPPED));
        other.accept(delta(0, "{\\\"input\\\":\\\""));
        other.accept(delta(1, "{\\\"value\\\":"));
        other.accept(free);
        other.accept(arguments);

        assertThat(out.get(2)).isSameAs(free);
        assertThat(out.get(3)).isSameAs(arguments);
    }

    @Test
    void nobody_waits_for_ever_for_the_wrapping() {
        run(CUSTOM, "{" + " ".repeat(300));

        assertThat(seen.events.get(1)).isEqualTo(delta(0, "{" + " ".repeat(300)));
    }

    private static ReplyEvent delta(int block, String text) {
        return new ReplyEvent.Delta(block, Slice.of(text));
    }

    private void run(Block kind, String pieces) {
        Pieces.block(0, kind, Pieces.of(pieces.split(";"))).forEach(stage);
    }
}
