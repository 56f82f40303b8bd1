package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Chat.aggregated;
import static dev.llmgateway.runtime.dialect.translation.Chat.call;
import static dev.llmgateway.runtime.dialect.translation.Chat.chunk;
import static dev.llmgateway.runtime.dialect.translation.Chat.delta;
import static dev.llmgateway.runtime.dialect.translation.Chat.document;
import static dev.llmgateway.runtime.dialect.translation.Chat.finish;
import static dev.llmgateway.runtime.dialect.translation.Chat.message;
import static dev.llmgateway.runtime.dialect.translation.Chat.stream;
import static dev.llmgateway.runtime.dialect.translation.Chat.streamed;
import static dev.llmgateway.runtime.dialect.translation.Chat.tree;
import static dev.llmgateway.runtime.dialect.translation.Chat.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The numbered cases of translation.md 6 for replies of Chat upstreams to Messages clients.
class ChatEdgeCasesTest {
    private static final String USAGE =
            "{\"prompt_tokens\":3509,\"completion_tokens\":7,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":3400},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}";

    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void case_1_parallel_calls_are_blocks_of_their_own() {
        String stream =
                stream(
                        delta("\"content\":\"Hi\""),
                        call(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                        call(
                                "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
                        finish("tool_calls"));

        List<String> frames =
                MessageFold.frames(streamed(stream).text()).stream()
                        .filter(frame -> frame.has("index"))
                        .map(frame -> frame.get("type").asText() + frame.get("index"))
                        .toList();

        assertThat(frames)
                .containsExactly(
                        "content_block_start0",
                        "content_block_delta0",
                        "content_block_stop0",
                        "content_block_start1",
                        "content_block_delta1",
                        "content_block_stop1",
                        "content_block_start2",
                        "content_block_delta2",
                        "content_block_stop2");
    }

    @Test
    void case_2_interleaved_arguments_both_parse() {
        String stream =
                stream(
                        call(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},"
                                        + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x}\\\":\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"{\\\"y\\\\\\\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"\\\":[2]}\"}}"),
                        finish("tool_calls"));

        JsonNode content = message(stream).get("content");

        assertThat(content).hasSize(2);
        assertThat(content.get(0).get("input")).isEqualTo(tree("{\"x}\":1}"));
        assertThat(content.get(1).get("input")).isEqualTo(tree("{\"y\\\"\":[2]}"));
        assertThat(aggregated(stream).get("content")).isEqualTo(content);
    }

    @Test
    void case_3_a_call_that_ends_with_stop_is_a_tool_use() {
        String called =
                call(
                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");

        assertThat(message(stream(called, finish("stop"))).get("stop_reason").asText())
                .isEqualTo("tool_use");
    }

    @Test
    void case_5_no_arguments_stand_before_the_first_delta() {
        String stream =
                stream(
                        call(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}"),
                        finish("tool_calls"));

        assertThat(message(stream).get("content").get(0).get("input")).isEqualTo(tree("{\"a\":1}"));
    }

    @Test
    void case_8_cached_tokens_are_taken_out_of_the_input() {
        JsonNode usage = message(withUsage()).get("usage");

        assertThat(usage.get("input_tokens").asInt()).isEqualTo(109);
        assertThat(usage.get("cache_read_input_tokens").asInt()).isEqualTo(3400);
    }

    @Test
    void case_11_usage_is_told_at_the_end_and_estimated_at_the_start() {
        List<JsonNode> frames = MessageFold.frames(streamed(withUsage()).text());

        assertThat(frames.getFirst().at("/message/usage/input_tokens").asInt()).isEqualTo(11);
        assertThat(frames.get(frames.size() - 2).at("/usage/input_tokens").asInt()).isEqualTo(109);
        JsonNode untold = message(stream(delta("\"content\":\"x\""), finish("stop")));
        assertThat(untold.at("/usage/input_tokens").asInt()).isEqualTo(11);
    }

    @Test
    void case_12_streamed_or_not_the_usage_is_the_same() {
        JsonNode streamed = message(withUsage()).get("usage");
        JsonNode whole = tree(whole(document("\"content\":\"x\"", "stop", USAGE)).text());

        assertThat(whole.get("usage")).isEqualTo(streamed);
        assertThat(streamed.at("/output_tokens_details/thinking_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void case_14_an_error_in_mid_stream_is_no_end_of_turn() {
        String stream =
                stream(delta("\"content\":\"x\""))
                        .replace(
                                DONE,
                                "data: {\"error\":{\"message\":\"busy\",\"type\":\"server_error\","
                                        + "\"code\":\"server_is_overloaded\"}}\n\n"
                                        + DONE);

        Streams.Reply reply = streamed(stream);

        assertThat(reply.failure()).contains(GatewayError.of(ErrorCode.OVERLOADED, "busy"));
        assertThat(reply.text()).doesNotContain("message_delta", "message_stop");
    }

    @Test
    void case_15_a_cut_in_the_middle_of_arguments_is_a_failure() {
        String stream =
                stream(
                                call(
                                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}"))
                        .replace(DONE, "data: {\"id\":\"chatcmpl-a1\",\"choi");

        assertThat(streamed(stream).failure())
                .contains(
                        GatewayError.of(
                                ErrorCode.UPSTREAM_BROKEN,
                                "upstream stream ended before completion"));
    }

    @Test
    void case_15_arguments_that_break_off_are_never_called_complete() {
        String stream =
                stream(
                        call(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}"),
                        finish("tool_calls"));

        assertThat(streamed(stream).text())
                .contains("\"stop_reason\":\"max_tokens\"")
                .contains("\"partial_json\":\"{\\\"a\"}")
                .doesNotContain("tool_use\",\"stop_sequence");
    }

    @Test
    void case_16_the_end_may_lack_what_comes_behind_the_reason() {
        String ended = stream(delta("\"content\":\"x\""), finish("stop")).replace(DONE, "");

        for (String stream : List.of(ended, ended + "data: [DO", ended + DONE + "data: {")) {
            assertThat(message(stream).get("stop_reason").asText()).isEqualTo("end_turn");
        }
    }

    @Test
    void case_18_a_stream_that_starts_with_text_has_block_0() {
        String stream =
                """
                data: {"choices":[{"delta":{"content":"x"}}]}

                data: {"choices":[{"finish_reason":"stop"}]}

                """;

        JsonNode message = message(stream);

        assertThat(message.get("content").get(0).get("text").asText()).isEqualTo("x");
        assertThat(message.get("id").asText()).matches("msg_[0-9A-Za-z]{24}");
    }

    @Test
    void case_41_any_cut_gives_the_same_bytes() {
        byte[] stream =
                stream(
                                delta("\"content\":\"日本\""),
                                delta("\"content\":\" 😀 \\ud83d\\ude00\""),
                                delta("\"content\":\"語\""),
                                finish("stop"))
                        .getBytes(UTF_8);
        String expected = streamed(stream).text();

        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(streamed(stream, cut).text()).isEqualTo(expected);
        }
        assertThat(MessageFold.of(expected).at("/content/0/text").asText()).isEqualTo("日本 😀 😀語");
    }

    @Test
    void case_44_thoughts_behind_text_keep_their_place() {
        String stream =
                stream(
                        delta("\"reasoning_content\":\"a\""),
                        delta("\"content\":\"b\""),
                        delta("\"reasoning_content\":\"c\""),
                        delta("\"content\":\"d\""),
                        finish("stop"));

        JsonNode content = message(stream).get("content");

        assertThat(content)
                .extracting(block -> block.get("type").asText())
                .containsExactly("thinking", "text", "thinking", "text");
        assertThat(aggregated(stream).get("content")).isEqualTo(content);
    }

    @Test
    void case_45_a_second_start_is_ignored() {
        String role = delta("\"role\":\"assistant\",\"content\":\"\"");
        String stream = stream(role, delta("\"content\":\"x\""), role, finish("stop"));

        List<JsonNode> frames = MessageFold.frames(streamed(stream).text());

        assertThat(frames)
                .filteredOn(frame -> frame.get("type").asText().equals("message_start"))
                .hasSize(1);
        assertThat(message(stream).get("content")).hasSize(1);
    }

    private static String withUsage() {
        return stream(delta("\"content\":\"x\""), finish("stop"))
                .replace(DONE, chunk("\"choices\":[],\"usage\":" + USAGE) + DONE);
    }
}
