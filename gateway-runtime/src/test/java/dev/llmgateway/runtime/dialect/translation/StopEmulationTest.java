package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopEmulationTest {
    private static final long INPUT = 11;
    private static final Block TEXT = new Block.Text();
    private static final Block CALL = new Block.ToolCall("c", "f");
    private static final ReplyEvent FINISH =
            new ReplyEvent.Finish(StopReason.EndTurn, Slice.EMPTY, Usage.NONE);

    private final Pieces.Seen seen = new Pieces.Seen();

    /// Pieces, stops, the text shown and the stop met; `-`: none.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one END two             | END         | one '' | END",
                "o,n,e E,N,D two         | END         | one '' | END",
                "one EN,E END            | END         | one ENE '' | END",
                "one EN                  | END         | one EN | -",
                "aab                     | ab          | a | ab",
                "ab,aba,c                | abac        | ab | abac",
                "xabc                    | abc,b       | xa | b",
                "xabc                    | abc,bc      | x | abc",
                "xabc                    | bc,abc      | x | abc",
                "END                     | END         | '' | END",
                "a\\n\\nb                | \\n\\n      | a | \\n\\n",
                "a\\u000a\\nb            | \\n\\n      | a | \\n\\n",
                "a\\,n\\u00,0ab          | \\n\\n      | a | \\n\\n",
                "a\\\\nb                 | \\n         | a\\\\nb | -",
                "a😀b                    | \\ud83d\\ude00 | a | \\ud83d\\ude00",
                "a\\ud83d,\\ude00b       | 😀          | a | 😀",
                "a\\ud83d,\\ude01b       | 😀          | a\\ud83d\\ude01b | -",
                "a\\ud83d                | 😀          | a\\ud83d | -",
                "x\\/y                   | /           | x | /",
            })
    void a_text_ends_before_its_first_stop(String pieces, String stops, String shown, String met) {
        run(stops, block(0, TEXT, pieces, List.of(FINISH)));

        assertThat(Pieces.text(seen.events, 0)).isEqualTo(shown.replace("''", ""));
        ReplyEvent.Finish finish = (ReplyEvent.Finish) seen.events.getLast();
        assertThat(finish.detail().toString()).isEqualTo(met.replace("-", ""));
        assertThat(finish.reason())
                .isEqualTo(met.equals("-") ? StopReason.EndTurn : StopReason.StopSequence);
    }

    @Test
    void nothing_follows_a_stop() {
        run("END", block(0, TEXT, "a END b,c", List.of(FINISH)));

        assertThat(seen.events)
                .containsExactly(
                        new ReplyEvent.Open(0, TEXT),
                        new ReplyEvent.Delta(0, Slice.of("a ")),
                        new ReplyEvent.Close(0),
                        new ReplyEvent.Finish(
                                StopReason.StopSequence,
                                Slice.of("END"),
                                new Usage(INPUT, 2, 0, 0, 0)));
    }

    @Test
    void neither_thoughts_nor_arguments_nor_free_text_of_calls_are_searched() {
        List<ReplyEvent> events = new ArrayList<>();
        events.addAll(Pieces.block(0, new Block.Thinking(), Pieces.of("a END b")));
        events.addAll(Pieces.block(1, CALL, Pieces.of("{\\\"END\\\":1}")));
        events.addAll(Pieces.block(2, new Block.CustomCall("c", "f"), Pieces.of("END")));
        events.add(FINISH);

        run("END", events);

        assertThat(seen.events).isEqualTo(events);
    }

    @Test
    void a_stop_does_not_reach_over_two_blocks() {
        run("END", block(0, TEXT, "a EN", block(1, TEXT, "D b", List.of(FINISH))));

        assertThat(Pieces.text(seen.events, 0)).isEqualTo("a EN");
        assertThat(Pieces.text(seen.events, 1)).isEqualTo("D b");
    }

    @Test
    void what_is_held_back_comes_before_its_block_closes() {
        run("END", block(0, TEXT, "a E,N", List.of(FINISH)));

        assertThat(seen.events)
                .containsExactly(
                        new ReplyEvent.Open(0, TEXT),
                        new ReplyEvent.Delta(0, Slice.of("a ")),
                        new ReplyEvent.Delta(0, Slice.of("EN")),
                        new ReplyEvent.Close(0),
                        FINISH);
    }

    @Test
    void blocks_open_at_a_stop_are_closed_once() {
        StopEmulation stage = new StopEmulation(stops("END"), INPUT, seen);
        stage.accept(new ReplyEvent.Open(0, CALL));
        stage.accept(new ReplyEvent.Open(1, CALL));
        stage.accept(new ReplyEvent.Open(2, TEXT));
        stage.accept(new ReplyEvent.Close(1));
        stage.accept(new ReplyEvent.Delta(2, Slice.of("END")));
        stage.accept(new ReplyEvent.Close(0));
        stage.accept(FINISH);

        assertThat(seen.events.subList(4, seen.events.size()))
                .containsExactly(
                        new ReplyEvent.Close(0),
                        new ReplyEvent.Close(2),
                        new ReplyEvent.Finish(
                                StopReason.StopSequence,
                                Slice.of("END"),
                                new Usage(INPUT, 1, 0, 0, 0)));
    }

    @Test
    void a_failure_shows_what_was_held_back() {
        ReplyEvent fail = new ReplyEvent.Fail(GatewayError.of(ErrorCode.OVERLOADED, "busy"));
        StopEmulation stage = new StopEmulation(stops("END"), INPUT, seen);
        stage.accept(new ReplyEvent.Open(0, TEXT));
        stage.accept(new ReplyEvent.Delta(0, Slice.of("a EN")));
        stage.accept(fail);

        assertThat(Pieces.text(seen.events, 0)).isEqualTo("a EN");
        assertThat(seen.events.getLast()).isEqualTo(fail);
    }

    @Test
    void what_the_upstream_told_at_the_start_counts() {
        Usage told = new Usage(5, 900, 3, 2, 1);
        run("END", started(told, block(0, TEXT, "END", List.of())));

        assertThat(((ReplyEvent.Finish) seen.events.getLast()).usage()).isEqualTo(told);
    }

    @Test
    void what_was_said_before_a_stop_is_estimated_thoughts_and_calls_too() {
        List<ReplyEvent> text = block(2, TEXT, "zENDz", List.of());
        List<ReplyEvent> call = block(1, CALL, "y".repeat(40), text);
        List<ReplyEvent> thought = block(0, new Block.Thinking(), "x".repeat(400), call);

        run("END", started(new Usage(0, 1, 3, 0, 0), thought));

        assertThat(((ReplyEvent.Finish) seen.events.getLast()).usage())
                .isEqualTo(new Usage(0, 112, 3, 0, 0));
    }

    @Test
    void deltas_that_show_all_pass_as_they_are() {
        List<ReplyEvent> out = new ArrayList<>();
        StopEmulation stage = new StopEmulation(stops("END"), INPUT, out::add);
        ReplyEvent.Delta delta = new ReplyEvent.Delta(0, Slice.of("some text 日本"));

        stage.accept(new ReplyEvent.Open(0, TEXT));
        stage.accept(delta);
        stage.accept(FINISH);

        assertThat(out.get(1)).isSameAs(delta);
        assertThat(out.get(2)).isSameAs(FINISH);
    }

    private void run(String stops, List<ReplyEvent> events) {
        events.forEach(new StopEmulation(stops(stops), INPUT, seen));
    }

    /// One block, and what follows it.
    private static List<ReplyEvent> block(
            int number, Block kind, String piece, List<ReplyEvent> then) {
        List<ReplyEvent> events =
                new ArrayList<>(Pieces.block(number, kind, Pieces.of(piece.split(","))));
        events.addAll(then);
        return events;
    }

    private static List<ReplyEvent> started(Usage told, List<ReplyEvent> then) {
        List<ReplyEvent> events = new ArrayList<>(then);
        events.addFirst(new ReplyEvent.Start("id", "m", ServiceTier.Untold, told));
        return events;
    }

    private static List<Slice> stops(String stops) {
        return Pieces.of(stops.split(","));
    }
}
