package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.translation.Streams;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ReplyEvent.Close;
import dev.llmgateway.runtime.model.ReplyEvent.Delta;
import dev.llmgateway.runtime.model.ReplyEvent.Fail;
import dev.llmgateway.runtime.model.ReplyEvent.Finish;
import dev.llmgateway.runtime.model.ReplyEvent.Open;
import dev.llmgateway.runtime.model.ReplyEvent.Start;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams as they are seen in the wild (translation.md 4.2).
class MessagesFramesTest {
    private static final String START =
            "{'type':'message_start','message':{'id':'msg_1','model':'m','content':[],"
                    + "'usage':{'input_tokens':3}}}";
    private static final String STOP =
            "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                    + "'usage':{'output_tokens':5}}";
    private static final String END = "{'type':'message_stop'}";
    private static final Start STARTED =
            new Start("1", "m", ServiceTier.Untold, new Usage(3, 0, 0, 0, 0));
    private static final Finish FINISHED =
            new Finish(StopReason.EndTurn, Slice.EMPTY, new Usage(3, 5, 0, 0, 0));
    private static final Block TEXT = new Block.Text();

    @Test
    void whole_blocks_and_the_stop_reason_may_stand_in_the_start() {
        String start =
                "{'type':'message_start','message':{'id':'msg_1','model':'m','content':["
                        + "{'type':'text','text':'a'},"
                        + "{'type':'tool_use','id':'t','name':'f','input':{'x': 1}},"
                        + "{'type':'thinking','thinking':'h','signature':'s'}],"
                        + "'stop_reason':'tool_use','usage':{'input_tokens':3}}}";

        assertThat(events(start, END))
                .containsExactly(
                        STARTED,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Close(0),
                        new Open(1, new Block.ToolCall("t", "f")),
                        new Delta(1, Slice.of("{\\\"x\\\":1}")),
                        new Close(1),
                        new Open(2, new Block.Thinking()),
                        new Delta(2, Slice.of("h")),
                        new ReplyEvent.Signature(2, Slice.of("s")),
                        new Close(2),
                        new Finish(StopReason.ToolUse, Slice.EMPTY, new Usage(3, 0, 0, 0, 0)));
    }

    @Test
    void text_and_input_may_stand_in_the_start_of_a_block() {
        assertThat(
                        events(
                                START,
                                opened(4, "{'type':'text','text':'a'}"),
                                text(4, "b"),
                                opened(
                                        9,
                                        "{'type':'tool_use','id':'t','name':'f','input':{'x':1}}"),
                                arguments(9, "{'x':1}"),
                                closed(4),
                                closed(9),
                                STOP,
                                END))
                .containsExactly(
                        STARTED,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Delta(0, Slice.of("b")),
                        new Open(1, new Block.ToolCall("t", "f")),
                        new Delta(1, Slice.of("{\\\"x\\\":1}")),
                        new Close(0),
                        new Close(1),
                        FINISHED);
    }

    @Test
    void deltas_of_two_open_blocks_stay_apart() {
        List<ReplyEvent> events =
                events(
                        START,
                        opened(0, "{'type':'text','text':''}"),
                        opened(1, "{'type':'tool_use','id':'t','name':'f','input':{}}"),
                        text(0, "a"),
                        text(0, "b"),
                        arguments(1, "{"),
                        text(0, "c"),
                        arguments(1, "}"),
                        arguments(0, "never"),
                        text(1, "never"),
                        STOP);

        assertThat(events)
                .containsSubsequence(
                        new Delta(0, Slice.of("a")),
                        new Delta(0, Slice.of("b")),
                        new Delta(1, Slice.of("{")),
                        new Delta(0, Slice.of("c")),
                        new Delta(1, Slice.of("}")),
                        new Close(0),
                        new Close(1),
                        FINISHED);
        assertThat(events.toString()).doesNotContain("never");
    }

    @Test
    void a_number_used_again_is_another_block() {
        assertThat(
                        events(
                                START,
                                opened(0, "{'type':'text','text':''}"),
                                text(0, "a"),
                                text(0, "b"),
                                closed(0),
                                opened(0, "{'type':'text','text':''}"),
                                text(0, "c"),
                                STOP))
                .containsExactly(
                        STARTED,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Delta(0, Slice.of("b")),
                        new Close(0),
                        new Open(1, TEXT),
                        new Delta(1, Slice.of("c")),
                        new Close(1),
                        FINISHED);
    }

    @Test
    void a_delta_that_was_learned_means_another_block_once_its_own_has_closed() {
        String start = opened(0, "{'type':'text','text':''}");

        assertThat(events(START, start, text(0, "a"), closed(0), text(0, "b"), STOP))
                .containsExactly(
                        STARTED,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Close(0),
                        new Open(1, TEXT),
                        new Delta(1, Slice.of("b")),
                        new Close(1),
                        FINISHED);
        assertThat(events(START, start, text(0, "a"), start, text(0, "b"), STOP))
                .containsSubsequence(new Open(1, TEXT), new Delta(1, Slice.of("b")));
    }

    @Test
    void what_is_not_known_is_ignored() {
        assertThat(
                        events(
                                "{'type':'ping'}",
                                "{'type': 'ping'}",
                                "[DONE]",
                                START,
                                "{'type':'of_tomorrow','index':0}",
                                opened(0, "{'type':'text','text':''}"),
                                "{'type':'content_block_delta','index':0,'delta':{'type':'x','text':'y'}}",
                                text(0, ""),
                                closed(7),
                                STOP,
                                END,
                                text(0, "behind the end")))
                .containsExactly(STARTED, new Open(0, TEXT), new Close(0), FINISHED);
    }

    @Test
    void text_without_a_start_is_not_lost() {
        assertThat(events(text(0, "a"), text(0, "b"), STOP, END))
                .containsExactly(
                        Start.UNTOLD,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Delta(0, Slice.of("b")),
                        new Close(0),
                        new Finish(StopReason.EndTurn, Slice.EMPTY, new Usage(0, 5, 0, 0, 0)));
    }

    @Test
    void server_tools_are_told_whole_and_unknown_blocks_by_name() {
        assertThat(
                        events(
                                START,
                                opened(0, "{'type':'server_tool_use','id':'s'}"),
                                arguments(0, "{}"),
                                closed(0),
                                opened(1, "{'type':'of_tomorrow'}"),
                                text(1, "x"),
                                closed(1),
                                STOP))
                .containsExactly(
                        STARTED,
                        new Open(
                                0,
                                new Block.ServerTool(
                                        "server_tool_use",
                                        Slice.of("{\"type\":\"server_tool_use\",\"id\":\"s\"}"))),
                        new Delta(0, Slice.of("{}")),
                        new Close(0),
                        new Open(1, new Block.Other("of_tomorrow")),
                        new Close(1),
                        FINISHED);
    }

    @Test
    void only_the_last_signature_counts() {
        assertThat(
                        events(
                                START,
                                opened(0, "{'type':'thinking','thinking':'','signature':''}"),
                                signature("s1"),
                                signature("s2"),
                                closed(0),
                                STOP))
                .containsExactly(
                        STARTED,
                        new Open(0, new Block.Thinking()),
                        new ReplyEvent.Signature(0, Slice.of("s2")),
                        new Close(0),
                        FINISHED);
    }

    @Test
    void the_stop_sequence_is_told() {
        assertThat(
                        events(
                                        START,
                                        "{'type':'message_delta','delta':{'stop_reason':'stop_sequence',"
                                                + "'stop_sequence':'E\\nD'}}",
                                        END)
                                .getLast())
                .isEqualTo(
                        new Finish(
                                StopReason.StopSequence,
                                Slice.of("E\\nD"),
                                new Usage(3, 0, 0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'x}}",
                "{'type':'content_block_delta'",
                "{'type':'content_block_start','index':0}",
                "nonsense",
                "[1",
                "{'type':'message_stop'}"
            })
    void what_makes_no_sense_before_a_stop_reason_has_failed_and_ends_it(String data) {
        GatewayError broken =
                GatewayError.of(
                        ErrorCode.UPSTREAM_BROKEN, "upstream stream ended before completion");

        assertThat(events(START, opened(0, "{'type':'text'}"), text(0, "a"), data, STOP, END))
                .endsWith(new Delta(0, Slice.of("a")), new Fail(broken));
    }

    @Test
    void an_error_without_a_type_of_its_own_is_one() {
        assertThat(events(START, "{'error':{'type':'rate_limit_error','message':'slow'}}"))
                .endsWith(new Fail(GatewayError.of(ErrorCode.RATE_LIMITED, "slow")));
        assertThat(
                        Streams.events(
                                new MessagesFrames(), "event: error\ndata: {\"error\":\"x\"}\n\n"))
                .hasOnlyElementsOfType(Fail.class)
                .hasSize(1);
    }

    @Test
    void the_type_may_stand_in_the_event_line_only_and_data_in_many_lines() {
        String stream =
                frames(START)
                        + "event: content_block_start\ndata: {\"index\":0,\ndata: \"content_block\":"
                        + "{\"type\":\"text\"}}\n\n"
                        + "event: content_block_delta\ndata: {\"index\":0,\"delta\":"
                        + "{\"type\":\"text_delta\",\"text\":\"a\"}}\n\n"
                        + frames(STOP);

        assertThat(Streams.events(new MessagesFrames(), stream))
                .containsExactly(
                        STARTED,
                        new Open(0, TEXT),
                        new Delta(0, Slice.of("a")),
                        new Close(0),
                        FINISHED);
    }

    private static String opened(int index, String block) {
        return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
    }

    private static String closed(int index) {
        return "{'type':'content_block_stop','index':" + index + "}";
    }

    private static String text(int index, String text) {
        return "{'type':'content_block_delta','index':"
                + index
                + ",'delta':{'type':'text_delta','text':'"
                + text
                + "'}}";
    }

    private static String arguments(int index, String json) {
        return "{'type':'content_block_delta','index':"
                + index
                + ",'delta':{'type':'input_json_delta','partial_json':'"
                + json.replace("'", "\\'")
                + "'}}";
    }

    private static String signature(String signature) {
        return "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta',"
                + "'signature':'"
                + signature
                + "'}}";
    }

    private static List<ReplyEvent> events(String... data) {
        return Streams.events(new MessagesFrames(), frames(data));
    }

    private static String frames(String... data) {
        List<String> frames = new ArrayList<>();
        Arrays.stream(data).forEach(one -> frames.add("data: " + one.replace('\'', '"') + "\n\n"));
        return String.join("", frames);
    }
}
