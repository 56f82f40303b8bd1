package dev.llmgateway.runtime.dialect;

import static dev.llmgateway.crds.plan.WireFormat.ChatCompletions;
import static dev.llmgateway.crds.plan.WireFormat.Completions;
import static dev.llmgateway.crds.plan.WireFormat.Messages;
import static dev.llmgateway.crds.plan.WireFormat.Responses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseTapTest {
    private final List<ReplyTap> taps = new ArrayList<>();

    @AfterEach
    void released_taps_hold_nothing() {
        taps.forEach(ReplyTap::release);

        assertThat(Streams.bytesInUse()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_cut_at_every_byte_changes_nothing(WireFormat format) {
        String stream = Streams.of(format);
        for (int cut = 0; cut < stream.getBytes(UTF_8).length; cut++) {
            ReplyTap tap = new ReplyTaps().take(format, true, null, null);

            assertThat(Streams.pass(tap, stream, cut)).isEqualTo(stream);
            assertThat(tap.usage()).isEqualTo(Streams.usageOf(format));
            assertThat(tap.ended()).isTrue();
            tap.release();
            assertThat(Streams.bytesInUse()).isZero();
        }
    }

    @Test
    void a_buffer_of_whole_frames_passes_as_it_is() {
        ReplyTap tap = tap(Messages);
        ByteBuf payload = Unpooled.copiedBuffer("event: ping\ndata: {}\n\n: x\n\n", UTF_8);

        ByteBuf passed = tap.pass(payload);

        assertThat(passed).isSameAs(payload);
        passed.release();
    }

    @Test
    void an_incomplete_frame_waits_and_is_given_back_on_release() {
        ReplyTap tap = tap(ChatCompletions);

        assertThat(Streams.pass(tap, "data: {}\n\ndata: {\"a\"")).isEqualTo("data: {}\n\n");
        assertThat(Streams.pass(tap, ":1}\n")).isEmpty();
        assertThat(Streams.pass(tap, "\nda")).isEqualTo("data: {\"a\":1}\n\n");
        tap.release();
    }

    @Test
    void nothing_passes_behind_the_end() {
        ReplyTap tap = tap(ChatCompletions);

        assertThat(Streams.pass(tap, "data: [DONE]\n\ndata: {}\n\n")).isEqualTo("data: [DONE]\n\n");
        assertThat(Streams.pass(tap, "data: {}\n\n")).isEmpty();
        assertThat(Streams.drained(tap.finish())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"x\"}", "{\"reasoning_content\":\"x\"}", "{\"reasoning\":\"x\"}",
                "{\"tool_calls\":[{\"index\":0}]}", "{\"refusal\":\"x\"}",
                        "{\"content\":[{\"type\":\"text\"}]}"
            })
    void chat_content_begins_with_a_delta_that_holds_some(String delta) {
        ReplyTap tap = tap(ChatCompletions);

        Streams.pass(tap, chunk("{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[]}"));
        assertThat(tap.sawContent()).isFalse();
        Streams.pass(tap, chunk(delta));
        assertThat(tap.sawContent()).isTrue();
    }

    @Test
    void completions_content_is_text() {
        ReplyTap tap = tap(Completions);

        Streams.pass(tap, "data: {\"choices\":[{\"text\":\"\"}]}\n\n");
        assertThat(tap.sawContent()).isFalse();
        Streams.pass(tap, "data: {\"choices\":[{\"text\":\"x\"}]}\n\n");
        assertThat(tap.sawContent()).isTrue();
    }

    @Test
    void messages_content_begins_with_a_block_or_inside_message_start() {
        ReplyTap tap = tap(Messages);
        Streams.pass(tap, Streams.MESSAGES.substring(0, Streams.MESSAGES.indexOf("\n\n") + 2));
        assertThat(tap.sawContent()).isFalse();

        ReplyTap whole = tap(Messages);
        Streams.pass(
                whole,
                "event: message_start\ndata: {\"message\":{\"content\":[{\"type\":\"tool_use\"}],"
                        + "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":3}}}\n\n");
        assertThat(whole.sawContent()).isTrue();
        assertThat(whole.endedEnough()).isTrue();
        assertThat(whole.usage()).isEqualTo(new Usage(3, 0, 0, 0, 0));
    }

    @Test
    void messages_usage_is_overwritten_never_added() {
        ReplyTap tap = tap(Messages);

        Streams.pass(tap, delta("\"usage\":{\"input_tokens\":5,\"output_tokens\":3}"));
        Streams.pass(tap, delta("\"usage\":{\"output_tokens\":8}"));

        assertThat(tap.usage()).isEqualTo(new Usage(5, 8, 0, 0, 0));
    }

    @Test
    void an_end_without_the_terminal_event_is_enough_once_the_stop_reason_was_seen() {
        ReplyTap messages = tap(Messages);
        Streams.pass(
                messages, "event: message_delta\ndata: {\"delta\":{\"stop_reason\":null}}\n\n");
        assertThat(messages.endedEnough()).isFalse();
        Streams.pass(
                messages,
                "event: message_delta\ndata: {\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n");
        assertThat(messages.endedEnough()).isTrue();
        assertThat(messages.ended()).isFalse();

        ReplyTap chat = tap(ChatCompletions);
        Streams.pass(chat, chunk("{\"content\":\"x\"}"));
        assertThat(chat.endedEnough()).isFalse();
        Streams.pass(chat, "data: {\"choices\":[{\"delta\":{},\"finish_reason\" : \"stop\"}]}\n\n");
        assertThat(chat.endedEnough()).isTrue();
        assertThat(chat.ended()).isFalse();

        ReplyTap responses = tap(Responses);
        Streams.pass(
                responses, Streams.RESPONSES.substring(0, Streams.RESPONSES.lastIndexOf("event:")));
        assertThat(responses.endedEnough()).isFalse();
    }

    @Test
    void an_error_event_is_seen_and_named() {
        ReplyTap messages = tap(Messages);
        Streams.pass(
                messages,
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}\n\n");
        assertError(messages, "overloaded_error");
        assertThat(messages.ended()).isTrue();

        ReplyTap chat = tap(ChatCompletions);
        Streams.pass(chat, chunk("{\"content\":\"x\"}"));
        Streams.pass(
                chat,
                "data: {\"error\": {\"message\":\"m\",\"type\":\"server_error\",\"code\":null}}\n\n");
        assertError(chat, "server_error");
        assertThat(chat.ended()).isTrue();
    }

    @Test
    void a_responses_error_leaves_room_for_response_failed() {
        ReplyTap tap = tap(Responses);

        Streams.pass(
                tap,
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"rate_limit_exceeded\"}}\n\n");
        assertError(tap, "rate_limit_exceeded");
        assertThat(tap.ended()).isFalse();
        assertThat(tap.endedEnough()).isTrue();

        Streams.pass(
                tap,
                "event: response.failed\ndata: {\"response\":{\"error\":{\"code\":\"x\"}}}\n\n");
        assertThat(tap.ended()).isTrue();
    }

    @Test
    void null_errors_are_none() {
        ReplyTap tap = tap(ChatCompletions);

        Streams.pass(tap, "data: {\"error\":null,\"choices\":[]}\n\n");

        assertThat(tap.sawError()).isFalse();
    }

    @Test
    void responses_events_without_an_event_line_count_by_their_type() {
        String stream = Streams.RESPONSES.replaceAll("event: .*\n", "");
        ReplyTap tap = new ReplyTaps().take(Responses, true, "mine", null);

        String passed = Streams.pass(tap, stream);

        assertThat(passed).isEqualTo(stream.replace("gpt-up", "mine"));
        assertThat(tap.ended()).isTrue();
        assertThat(tap.usage()).isEqualTo(Streams.RESPONSES_USAGE);
    }

    @Test
    void a_responses_stream_tells_where_it_stands() {
        ReplyTap tap = tap(Responses);
        assertThat(tap.position()).isEqualTo(StreamPosition.NONE);

        Streams.pass(tap, Streams.RESPONSES.substring(0, Streams.RESPONSES.lastIndexOf("event:")));

        assertThat(tap.position()).isEqualTo(new StreamPosition("resp_1", 4));
    }

    @Test
    void data_in_several_lines_is_one_event() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, true, "mine", null);

        String passed =
                Streams.pass(
                        tap,
                        "data: {\ndata:\"model\":\ndata: \"up\",\"usage\"\ndata: :{\"prompt_tokens\":4}}\n\n");

        assertThat(passed)
                .isEqualTo(
                        "data: {\ndata:\"model\":\ndata: \"mine\",\"usage\"\ndata: :{\"prompt_tokens\":4}}\n\n");
        assertThat(tap.usage().input()).isEqualTo(4);
    }

    @Test
    void an_absent_model_is_not_added_and_a_nested_one_stays() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, true, "mine", null);
        String stream =
                "data: {\"choices\":[{\"model\":\"x\"}],\"a\":{\"model\":\"y\"}}\n\ndata: {\"model\":null}\n\n";

        assertThat(Streams.pass(tap, stream)).isEqualTo(stream);
    }

    @Test
    void usage_is_found_after_content_however_it_is_spaced() {
        ReplyTap tap = tap(ChatCompletions);

        Streams.pass(tap, chunk("{\"content\":\"x\"}"));
        Streams.pass(
                tap,
                "data: {\"choices\": [], \"usage\" : {\"prompt_tokens\": 7, \"prompt_cache_hit_tokens\": 2}}\n\n");

        assertThat(tap.usage()).isEqualTo(new Usage(5, 0, 2, 0, 0));
    }

    @Test
    void usage_is_found_after_content_wherever_it_stands() {
        for (int padding = 0; padding < 20; padding++) {
            ReplyTap tap = tap(ChatCompletions);

            Streams.pass(tap, chunk("{\"content\":\"x\"}"));
            Streams.pass(
                    tap,
                    "data: {\""
                            + "p".repeat(padding)
                            + "\":1,\"usage\":{\"prompt_tokens\":7}}\n\n");
            assertThat(tap.usage().input()).isEqualTo(7);
            Streams.pass(tap, "data: {\"" + "p".repeat(padding) + "\":1,\"error\":1}\n\n");
            assertThat(tap.sawError()).isTrue();
        }
    }

    @Test
    void a_last_event_without_its_blank_line_is_completed_at_the_end() {
        ReplyTap done = tap(ChatCompletions);
        assertThat(Streams.pass(done, "data: [DONE]\n")).isEmpty();
        assertThat(Streams.drained(done.finish())).isEqualTo("data: [DONE]\n\n");
        assertThat(done.ended()).isTrue();

        ReplyTap stop = tap(Messages);
        Streams.pass(stop, "event: message_stop\ndata: {\"type\":\"message_stop\"}");
        assertThat(Streams.drained(stop.finish())).endsWith("}\n\n");
        assertThat(stop.ended()).isTrue();
    }

    @Test
    void a_cut_event_is_dropped_at_the_end() {
        ReplyTap tap = tap(Messages);

        Streams.pass(tap, "event: message_stop\ndata: {\"type\":\"messa");

        assertThat(Streams.drained(tap.finish())).isEmpty();
        assertThat(tap.ended()).isFalse();
    }

    @Test
    void a_frame_over_8_mib_is_broken() {
        ReplyTap tap = tap(ChatCompletions);
        String piece = "x".repeat(1 << 20);

        Streams.pass(tap, "data: ");
        for (int i = 0; i < 7; i++) {
            Streams.pass(tap, piece);
        }
        assertThat(tap.broken()).isFalse();
        Streams.pass(tap, piece);
        assertThat(tap.broken()).isTrue();
        assertThat(Streams.pass(tap, "\n\ndata: {}\n\n")).isEmpty();
    }

    private static void assertError(ReplyTap tap, String kind) {
        assertThat(tap.sawError()).isTrue();
        assertThat(tap.endedEnough()).isTrue();
        assertThat(tap.errorKind()).isEqualTo(kind);
    }

    private static String delta(String member) {
        return "event: message_delta\ndata: {" + member + "}\n\n";
    }

    private static String chunk(String delta) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}],\"usage\":null}\n\n";
    }

    private ReplyTap tap(WireFormat format) {
        ReplyTap tap = new ReplyTaps().take(format, true, null, null);
        taps.add(tap);
        return tap;
    }
}
