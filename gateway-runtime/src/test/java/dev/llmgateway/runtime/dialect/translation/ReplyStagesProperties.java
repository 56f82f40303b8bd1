package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ReplyStagesProperties {
    private static final String[] CHARACTERS = {
        "a", "b", "ab", "\n", "\"", "\\", "/", "\u0001", "é", "日", "😀", "\ud83d ", "{", "}", "u00"
    };
    private static final String[] VALUES = {
        "{}",
        "{\"a\":1}",
        "[1, {\"b\":[]}, \"]}\"]",
        "\"a}\\\"b\\\\\"",
        "-1.5e-3",
        "null",
        "\"\"",
        "{\"\\ud83d\\ude00\":\"😀\\u007d\"}"
    };

    private static final ReplyStages STAGES =
            stages(
                    Requests.of(
                            List.of(),
                            List.of(
                                    Requests.function("a.b", "{\"oneOf\":[]}"),
                                    new Tool.Custom("c.d", Slice.EMPTY, Slice.EMPTY)),
                            new ToolChoice.Unsaid(),
                            "END"));

    @Property(tries = 3000)
    void free_text_survives_two_levels_of_escapes_however_it_is_cut(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random, CHARACTERS, 12);
        String arguments =
                blank(random)
                        + "{"
                        + blank(random)
                        + "\"input\""
                        + blank(random)
                        + ":"
                        + blank(random)
                        + "\""
                        + Pieces.escaped(text, random)
                        + "\""
                        + blank(random)
                        + "}";

        String out = restored("custom", Pieces.escaped(arguments, random), random);

        assertThat(Pieces.decoded(out)).isEqualTo(text);
    }

    @Property(tries = 3000)
    void a_wrapped_value_is_unwrapped_however_it_is_cut(@ForAll long seed) {
        Random random = new Random(seed);
        String value = VALUES[random.nextInt(VALUES.length)];
        String arguments =
                "{"
                        + blank(random)
                        + "\"value\":"
                        + blank(random)
                        + value
                        + blank(random)
                        + (random.nextBoolean() ? "}" : ",\"more\":1}");

        String out = restored("wrapped", Pieces.escaped(arguments, random), random);

        assertThat(Pieces.decoded(out)).isEqualTo(value);
    }

    @Property(tries = 3000)
    void any_other_shape_comes_out_the_same_however_it_is_cut(@ForAll long seed) {
        Random random = new Random(seed);
        String tool = random.nextBoolean() ? "custom" : "wrapped";
        String start =
                new String[] {"", "{\"input\":\"", "{\"value\":", "{\"va"}[random.nextInt(4)];
        String arguments = Pieces.escaped(start + text(random, CHARACTERS, 12), random);

        String whole = restored(tool, List.of(Slice.of(arguments)));

        assertThat(restored(tool, arguments, random)).isEqualTo(whole);
    }

    @Property(tries = 5000)
    void a_text_ends_before_the_stop_that_is_complete_first_however_it_is_cut(@ForAll long seed) {
        Random random = new Random(seed);
        String[] few = {"a", "b", "😀", "\n"};
        String text = text(random, few, 24);
        List<String> stops =
                IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(_ -> few[random.nextInt(4)] + text(random, few, 4))
                        .toList();
        Pieces.Seen seen = new Pieces.Seen();
        StopEmulation stage =
                new StopEmulation(
                        stops.stream().map(stop -> Slice.of(Pieces.escaped(stop, random))).toList(),
                        1,
                        seen);

        run(stage, new Block.Text(), Pieces.cut(Pieces.escaped(text, random), random));

        String met = firstComplete(text, stops);
        int end = met.isEmpty() ? text.length() : text.indexOf(met);
        ReplyEvent.Finish finish = (ReplyEvent.Finish) seen.events.getLast();
        assertThat(Pieces.decoded(Pieces.text(seen.events, 0))).isEqualTo(text.substring(0, end));
        assertThat(Pieces.decoded(finish.detail().toString())).isEqualTo(met);
        assertThat(finish.reason())
                .isEqualTo(met.isEmpty() ? StopReason.EndTurn : StopReason.StopSequence);
    }

    @Property(tries = 1000)
    void stages_together_restore_parallel_calls_and_end_at_a_stop(@ForAll long seed) {
        Random random = new Random(seed);
        boolean stops = random.nextBoolean();
        String text = stops ? "😀 some END text" : "😀 some EN";
        Pieces.Seen seen = new Pieces.Seen();

        interleaved(
                List.of(
                        Pieces.cut(Pieces.escaped(text, random), random),
                        Pieces.cut(Pieces.escaped("{\"value\":{\"a\":\"END\"}}", random), random),
                        Pieces.cut(Pieces.escaped("{\"input\":\"END\\\\n\"}", random), random)),
                random,
                STAGES.before(seen));

        List<String> texts =
                IntStream.range(0, 3)
                        .mapToObj(block -> Pieces.decoded(Pieces.text(seen.events, block)))
                        .toList();
        ReplyEvent.Finish finish = (ReplyEvent.Finish) seen.events.getLast();
        assertThat(seen.events)
                .containsSubsequence(
                        new ReplyEvent.Open(0, new Block.Text()),
                        new ReplyEvent.Open(1, new Block.ToolCall("c", "a.b")),
                        new ReplyEvent.Open(2, new Block.CustomCall("c", "c.d")));
        assertThat(seen.events.stream().filter(ReplyEvent.Close.class::isInstance))
                .containsExactlyInAnyOrder(
                        new ReplyEvent.Close(0), new ReplyEvent.Close(1), new ReplyEvent.Close(2));
        if (stops) {
            assertThat(texts.getFirst()).isEqualTo("😀 some ");
            assertThat("{\"a\":\"END\"}").startsWith(texts.get(1));
            assertThat("END\\n").startsWith(texts.get(2));
            assertThat(finish.reason()).isEqualTo(StopReason.StopSequence);
        } else {
            assertThat(texts).containsExactly(text, "{\"a\":\"END\"}", "END\\n");
            assertThat(finish.reason()).isEqualTo(StopReason.EndTurn);
        }
    }

    private static void interleaved(
            List<List<Slice>> pieces, Random random, Consumer<ReplyEvent> to) {
        to.accept(new ReplyEvent.Open(0, new Block.Text()));
        to.accept(new ReplyEvent.Open(1, new Block.ToolCall("c", "a_b")));
        to.accept(new ReplyEvent.Open(2, new Block.ToolCall("c", "c_d")));
        List<Deque<Slice>> rest = new ArrayList<>();
        pieces.forEach(list -> rest.add(new ArrayDeque<>(list)));
        while (rest.stream().anyMatch(list -> !list.isEmpty())) {
            int block = random.nextInt(rest.size());
            if (!rest.get(block).isEmpty()) {
                to.accept(new ReplyEvent.Delta(block, rest.get(block).removeFirst()));
            }
        }
        for (int block = 0; block < rest.size(); block++) {
            to.accept(new ReplyEvent.Close(block));
        }
        to.accept(new ReplyEvent.Finish(StopReason.EndTurn, Slice.EMPTY, Usage.NONE));
    }

    private static ReplyStages stages(ChatRequest request) {
        return ReplyStages.of(request, ToolNames.of(request), WireFormat.Messages, true, false);
    }

    private static String firstComplete(String text, List<String> stops) {
        String first = "";
        int end = Integer.MAX_VALUE;
        for (String stop : stops) {
            int at = text.indexOf(stop);
            int theirs = at + stop.length();
            if (at >= 0 && (theirs < end || (theirs == end && stop.length() > first.length()))) {
                first = stop;
                end = theirs;
            }
        }
        return first;
    }

    private static String restored(String tool, String arguments, Random random) {
        return restored(tool, Pieces.cut(arguments, random));
    }

    private static String restored(String tool, List<Slice> pieces) {
        Pieces.Seen seen = new Pieces.Seen();
        run(
                new ShapeRestorer(Set.of("wrapped"), Set.of("custom"), seen),
                new Block.ToolCall("c", tool),
                pieces);
        return Pieces.text(seen.events, 0);
    }

    private static void run(Consumer<ReplyEvent> stage, Block kind, List<Slice> pieces) {
        Pieces.block(0, kind, pieces).forEach(stage);
        stage.accept(new ReplyEvent.Finish(StopReason.EndTurn, Slice.EMPTY, Usage.NONE));
    }

    private static String text(Random random, String[] characters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private static String blank(Random random) {
        return random.nextInt(3) == 0 ? new String[] {" ", "\n", " \t\r"}[random.nextInt(3)] : "";
    }
}
