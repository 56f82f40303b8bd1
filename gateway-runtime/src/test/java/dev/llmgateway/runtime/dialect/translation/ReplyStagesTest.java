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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReplyStagesTest {
    private static final String CHOICE = "{\"anyOf\":[{\"type\":\"object\"}]}";
    private static final String PLAIN = "{\"type\":\"object\"}";
    private static final String LONG = "x".repeat(68);

    private final Pieces.Seen seen = new Pieces.Seen();

    @Test
    void a_request_that_was_not_changed_needs_no_stage() {
        Consumer<ReplyEvent> encoder = seen;
        ChatRequest request = request(List.of(Requests.function("f", PLAIN)), "END");

        assertThat(stages(request, WireFormat.Messages, false).before(encoder)).isSameAs(encoder);
    }

    @Test
    void an_aliased_name_comes_back() {
        ChatRequest request = request(List.of(Requests.function("a.b", PLAIN)));

        run(stages(request, WireFormat.ChatCompletions, false), call("a_b"), List.of());

        assertThat(seen.events.getFirst()).isEqualTo(new ReplyEvent.Open(0, call("a.b")));
    }

    @Test
    void names_are_restored_of_custom_calls_too_and_of_calls_only() {
        ChatRequest request = request(List.of(Requests.function(LONG, PLAIN)));
        String alias = ToolAlias.plain(LONG);
        ReplyStages stages = stages(request, WireFormat.ChatCompletions, false);

        run(stages, new Block.CustomCall("c", alias), List.of());
        run(stages, call("f"), List.of());
        run(stages, new Block.Other(alias), List.of());

        assertThat(seen.events)
                .contains(
                        new ReplyEvent.Open(0, new Block.CustomCall("c", LONG)),
                        new ReplyEvent.Open(0, call("f")),
                        new ReplyEvent.Open(0, new Block.Other(alias)));
    }

    @Test
    void shapes_are_restored_under_the_clients_names() {
        ChatRequest request =
                request(
                        List.of(
                                Requests.function("a.b", CHOICE),
                                new Tool.Custom("c.d", Slice.EMPTY, Slice.EMPTY),
                                Requests.function("e", PLAIN)));
        ReplyStages stages = stages(request, WireFormat.Messages, false);

        run(stages, call("a_b"), Pieces.of("{\\\"value\\\":{}}"));
        run(stages, call("c_d"), Pieces.of("{\\\"input\\\":\\\"t\\\"}"));
        run(stages, call("e"), Pieces.of("{\\\"value\\\":1}"));

        assertThat(seen.events)
                .containsExactly(
                        new ReplyEvent.Open(0, call("a.b")),
                        new ReplyEvent.Delta(0, Slice.of("{}")),
                        new ReplyEvent.Close(0),
                        new ReplyEvent.Open(0, new Block.CustomCall("c", "c.d")),
                        new ReplyEvent.Delta(0, Slice.of("t")),
                        new ReplyEvent.Close(0),
                        new ReplyEvent.Open(0, call("e")),
                        new ReplyEvent.Delta(0, Slice.of("{\\\"value\\\":1}")),
                        new ReplyEvent.Close(0));
    }

    @Test
    void other_formats_take_any_schema_and_custom_tools() {
        ChatRequest request =
                request(
                        List.of(
                                Requests.function("f", CHOICE),
                                new Tool.Custom("g", Slice.EMPTY, Slice.EMPTY)));

        ReplyStages stages = stages(request, WireFormat.ChatCompletions, false);

        assertThat(stages.wrapped()).isEqualTo(Set.of());
        assertThat(stages.custom()).isEqualTo(Set.of());
    }

    @Test
    void stops_outlive_the_body_they_were_read_from() {
        byte[] body = "END".getBytes(StandardCharsets.UTF_8);
        ChatRequest request =
                Requests.of(
                        List.of(), List.of(), new ToolChoice.Unsaid(), List.of(Slice.whole(body)));
        ReplyStages stages = stages(request, WireFormat.ChatCompletions, true);
        body[0] = 'x';

        run(stages, new Block.Text(), Pieces.of("a END b"));

        ReplyEvent.Finish finish = (ReplyEvent.Finish) seen.events.getLast();
        assertThat(finish.reason()).isEqualTo(StopReason.StopSequence);
        assertThat(finish.usage().input()).isEqualTo(TokenEstimate.of(request)).isPositive();
        assertThat(Pieces.text(seen.events, 0)).isEqualTo("a ");
    }

    private static ChatRequest request(List<Tool> tools, String... stop) {
        return Requests.of(
                List.of(Requests.user(Requests.text("hello"))),
                tools,
                new ToolChoice.Unsaid(),
                stop);
    }

    private static ReplyStages stages(ChatRequest request, WireFormat upstream, boolean stop) {
        return ReplyStages.of(
                request, ToolNames.of(request), upstream, stop, upstream != WireFormat.Messages);
    }

    private static Block call(String name) {
        return new Block.ToolCall("c", name);
    }

    private void run(ReplyStages stages, Block kind, List<Slice> pieces) {
        Pieces.block(0, kind, pieces).forEach(stages.before(seen));
    }
}
