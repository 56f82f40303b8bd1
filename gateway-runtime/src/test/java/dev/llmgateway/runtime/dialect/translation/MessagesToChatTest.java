package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.chat.ChatReply;
import dev.llmgateway.runtime.dialect.chat.ChatStream;
import dev.llmgateway.runtime.dialect.messages.MessagesDocument;
import dev.llmgateway.runtime.dialect.messages.MessagesFrames;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Chat clients read of a Messages upstream (translation.md 3, 4, and 6 by number).
class MessagesToChatTest {
    private static final String TEXT = "{\"type\":\"text\",\"text\":\"Hi\"}";
    private static final String NO_ARGUMENTS =
            "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}";
    private static final String CALL =
            "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"g\","
                    + "\"input\":{\"b\": [1, 2], \"a\": \"x \\\"y\\\"\"}}";
    private static final String ENDED = "\"stop_reason\":\"end_turn\"";
    private static final String CALLED = "\"stop_reason\":\"tool_use\"";

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "tool_use, tool_calls",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, content_filter",
        "pause_turn, stop",
        "compaction, stop",
        "not_yet_known, stop"
    })
    void every_stop_reason_has_its_finish_reason(String reason, String finish) {
        JsonNode reply = both(TEXT, "\"stop_reason\":\"" + reason + "\"");

        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo(finish);
        assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("Hi");
    }

    @Test
    void no_stop_reason_is_an_error_and_never_success() {
        String document = MessagesReplies.document(TEXT, "\"stop_reason\":null");

        assertThat(whole(document).failure()).map(GatewayError::code).contains(BROKEN);
        assertThat(whole(document).text()).isEmpty();
        assertThat(streamed(MessagesReplies.stream(document, 9)).failure()).contains(BROKE_OFF);
    }

    @Test
    void a_refusal_keeps_the_text_and_tells_the_explanation() {
        JsonNode reply =
                both(
                        TEXT,
                        "\"stop_reason\":\"refusal\",\"stop_details\":{\"type\":\"refusal\","
                                + "\"category\":null,\"explanation\":\"No \\\"way\\\".\"}");

        assertThat(reply.at("/choices/0/message/refusal").asText()).isEqualTo("No \"way\".");
        assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo("Hi");
    }

    @Test
    void content_is_null_beside_calls_only_and_empty_when_nothing_was_said() {
        assertThat(both(CALL, CALLED).at("/choices/0/message/content").isNull()).isTrue();
        assertThat(both("", ENDED).at("/choices/0/message/content").asText("-")).isEmpty();
        assertThat(both(TEXT + "," + TEXT, ENDED).at("/choices/0/message/content").asText())
                .isEqualTo("HiHi");
    }

    @Test
    void calls_that_end_a_turn_are_tool_calls_whatever_the_upstream_says() {
        assertThat(both(CALL, ENDED).at("/choices/0/finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void a_whole_document_has_the_members_clients_look_for() {
        String document = MessagesReplies.document(NO_ARGUMENTS + "," + CALL, CALLED);

        assertThat(whole(document).text())
                .isEqualTo(
                        """
                        {"id":"chatcmpl-a1","object":"chat.completion","created":1,"model":"claude-x",\
                        "choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,\
                        "tool_calls":[{"id":"toolu_1","type":"function","function":{"name":"f","arguments":"{}"}},\
                        {"id":"toolu_2","type":"function","function":{"name":"g",\
                        "arguments":"{\\"b\\":[1,2],\\"a\\":\\"x \\\\\\"y\\\\\\"\\"}"}}]},\
                        "logprobs":null,"finish_reason":"tool_calls"}],\
                        "usage":{"prompt_tokens":3509,"completion_tokens":7,"total_tokens":3516,\
                        "prompt_tokens_details":{"cached_tokens":3400,"cache_write_tokens":100},\
                        "completion_tokens_details":{"reasoning_tokens":2}}}\
                        """);
    }

    @Test
    void the_model_is_the_name_the_client_used() {
        ReplyContext named = new ReplyContext("mine \"1\"", 1, true, 0, false, true);
        String document = MessagesReplies.document(TEXT, ENDED);

        assertThat(Streams.convert(new MessagesDocument(), new ChatReply(named), document).text())
                .contains("\"model\":\"mine \\\"1\\\"\"");
    }

    @Test
    void pages_cited_are_annotations_with_the_span_of_their_block() {
        String cited =
                "{\"type\":\"text\",\"text\":\"日😀\\n\",\"citations\":["
                        + "{\"type\":\"web_search_result_location\",\"url\":\"https://x.example/a\","
                        + "\"title\":\"A\",\"encrypted_index\":\"e\",\"cited_text\":\"c\"},"
                        + "{\"type\":\"char_location\",\"document_index\":0}]}";

        JsonNode annotations = both(TEXT + "," + cited, ENDED).at("/choices/0/message/annotations");

        assertThat(annotations)
                .isEqualTo(
                        MessagesReplies.tree(
                                "[{\"type\":\"url_citation\",\"url_citation\":{\"url\":"
                                        + "\"https://x.example/a\",\"title\":\"A\","
                                        + "\"start_index\":2,\"end_index\":6}}]"));
    }

    @Test
    void server_tools_and_unknown_blocks_leave_no_trace() {
        String others =
                "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}},"
                        + "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[]},"
                        + "{\"type\":\"of_tomorrow\",\"text\":\"?\"},";

        assertThat(both(others + TEXT, ENDED)).isEqualTo(both(TEXT, ENDED));
    }

    @Test
    void thoughts_are_hidden_when_the_option_is_off() {
        String thinking =
                "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"d\"},";
        String document = MessagesReplies.document(thinking + TEXT, ENDED);
        ReplyContext hidden = new ReplyContext("", 1, true, 0, false, false);

        String streamed =
                Streams.convert(
                                new MessagesFrames(),
                                new ChatStream(hidden),
                                MessagesReplies.stream(document, 3))
                        .text();
        String whole =
                Streams.convert(new MessagesDocument(), new ChatReply(hidden), document).text();

        assertThat(ChatFold.of(streamed)).isEqualTo(MessagesReplies.tree(whole));
        assertThat(whole + streamed).doesNotContain("reasoning_content", "reasoning_details");
    }

    @Test
    void edge_4_a_zero_argument_tool_has_an_empty_object_as_arguments() {
        assertThat(both(NO_ARGUMENTS, CALLED).at(ARGUMENTS).asText()).isEqualTo("{}");
    }

    @Test
    void edge_5_arguments_do_not_start_with_the_empty_object_of_the_start() {
        assertThat(both(CALL, CALLED).at(ARGUMENTS).asText())
                .isEqualTo("{\"b\":[1,2],\"a\":\"x \\\"y\\\"\"}");
    }

    @Test
    void edge_7_prompt_tokens_include_cache_reads_and_writes() {
        JsonNode usage = both(TEXT, ENDED).get("usage");

        assertThat(usage.get("prompt_tokens").asInt()).isEqualTo(3509);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(3400);
    }

    @Test
    void edge_9_usage_told_twice_is_not_added() {
        String stream = MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9);
        String delta = frame(stream, "message_delta");

        JsonNode usage = ChatFold.of(streamed(stream.replace(delta, delta + delta)).text());

        assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(3509);
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void edge_10_input_tokens_told_only_at_the_end_are_counted() {
        String stream =
                MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9)
                        .replaceFirst(
                                "\"usage\":\\{\"input_tokens\":9[^}]*}",
                                "\"usage\":{\"input_tokens\":0,\"output_tokens\":0}");

        assertThat(ChatFold.of(streamed(stream).text()).at("/usage/prompt_tokens").asInt())
                .isEqualTo(3509);
    }

    @Test
    void edge_12_streamed_and_whole_have_the_same_usage() {
        String document = MessagesReplies.document(TEXT, ENDED);

        JsonNode streamed = ChatFold.of(streamed(MessagesReplies.stream(document, 1)).text());

        assertThat(streamed.get("usage"))
                .isEqualTo(MessagesReplies.tree(whole(document).text()).get("usage"));
    }

    @Test
    void edge_14_an_error_event_in_mid_stream_is_a_failure_and_no_stop() {
        String stream = MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9);
        String error =
                """
                event: error
                data: {"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}

                """;
        String delta = frame(stream, "message_delta");

        Streams.Reply reply = streamed(stream.replace(delta, error + delta));

        assertThat(reply.failure()).contains(GatewayError.of(ErrorCode.OVERLOADED, "Overloaded"));
        assertThat(reply.text()).contains("Hi").doesNotContain("stop\"", "[DONE]");
    }

    @Test
    void edge_15_a_stream_cut_inside_of_arguments_has_failed() {
        String stream = MessagesReplies.stream(MessagesReplies.document(CALL, CALLED), 4);
        String cut = stream.substring(0, stream.lastIndexOf("input_json_delta"));

        Streams.Reply reply = streamed(cut);

        assertThat(reply.failure()).contains(BROKE_OFF);
        assertThat(reply.text()).contains("\"arguments\":").doesNotContain("\"tool_calls\"}]");
    }

    @Test
    void edge_16_the_end_of_the_body_behind_a_stop_reason_is_success() {
        String stream = MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9);
        String whole = streamed(stream).text();

        assertThat(streamed(stream.replace(frame(stream, "message_stop"), "")))
                .isEqualTo(new Streams.Reply(whole, Optional.empty()));
        assertThat(streamed(stream.substring(0, stream.length() - 5)))
                .isEqualTo(new Streams.Reply(whole, Optional.empty()));
    }

    @Test
    void edge_32_thoughts_keep_order_text_and_signature() {
        String thoughts =
                "{\"type\":\"thinking\",\"thinking\":\"one \\\"1\\\"\",\"signature\":\"s1\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"d2\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"s3\"},";

        JsonNode message = both(thoughts + CALL, CALLED).at("/choices/0/message");

        assertThat(message.get("reasoning_content").asText()).isEqualTo("one \"1\"");
        assertThat(message.get("reasoning_details"))
                .isEqualTo(
                        MessagesReplies.tree(
                                """
                                [{"type":"reasoning.text","text":"one \\"1\\"","signature":"s1","index":0},
                                {"type":"reasoning.encrypted","data":"d2","index":1},
                                {"type":"reasoning.text","text":"","signature":"s3","index":2}]\
                                """));
    }

    @Test
    void edge_41_text_cut_at_every_byte_stays_the_same() {
        String document =
                MessagesReplies.document("{\"type\":\"text\",\"text\":\"日本 😀é\"}", ENDED);
        String stream = MessagesReplies.stream(document, 2);
        String whole = streamed(stream).text();

        for (int cut = 0; cut <= stream.getBytes(UTF_8).length; cut++) {
            assertThat(streamed(stream, cut).text()).isEqualTo(whole);
        }
        assertThat(ChatFold.of(whole).at("/choices/0/message/content").asText())
                .isEqualTo("日本 😀é");
    }

    @Test
    void edge_44_thoughts_may_follow_text() {
        String stream =
                MessagesReplies.stream(
                        MessagesReplies.document(
                                TEXT
                                        + ",{\"type\":\"thinking\",\"thinking\":\"hm\","
                                        + "\"signature\":\"s\"},"
                                        + TEXT,
                                ENDED),
                        9);

        String out = streamed(stream).text();

        assertThat(out.indexOf("\"content\":\"Hi\"")).isPositive();
        assertThat(out.indexOf("\"reasoning_content\":\"hm\""))
                .isGreaterThan(out.indexOf("\"content\":\"Hi\""))
                .isLessThan(out.lastIndexOf("\"content\":\"Hi\""));
    }

    @Test
    void edge_45_a_second_message_start_is_ignored() {
        String stream = MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9);
        String start = frame(stream, "message_start");
        String other = start.replace("msg_a1", "msg_b2").replace("3400", "1");

        assertThat(streamed(stream.replace(start, start + other))).isEqualTo(streamed(stream));
    }

    @Test
    void edge_49_usage_is_told_to_those_who_asked_only() {
        String stream = MessagesReplies.stream(MessagesReplies.document(TEXT, ENDED), 9);

        String asked = streamed(stream).text();
        String silent =
                Streams.convert(
                                new MessagesFrames(),
                                new ChatStream(MessagesReplies.context(false)),
                                stream)
                        .text();

        assertThat(ChatFold.chunks(asked).getLast().get("choices")).isEmpty();
        assertThat(ChatFold.chunks(asked).getLast().get("usage").isObject()).isTrue();
        assertThat(silent).doesNotContain("usage");
        assertThat(ChatFold.chunks(silent)).hasSize(ChatFold.chunks(asked).size() - 1);
    }

    private static final String ARGUMENTS = "/choices/0/message/tool_calls/0/function/arguments";
    private static final ErrorCode BROKEN = ErrorCode.UPSTREAM_BROKEN;
    private static final GatewayError BROKE_OFF =
            GatewayError.of(BROKEN, "upstream stream ended before completion");

    /// The reply to a document, which the stream of it must fold to.
    private static JsonNode both(String content, String end) {
        String document = MessagesReplies.document(content, end);
        JsonNode whole = MessagesReplies.tree(whole(document).text());
        assertThat(ChatFold.of(streamed(MessagesReplies.stream(document, 3)).text()))
                .isEqualTo(whole);
        return whole;
    }

    private static Streams.Reply whole(String document) {
        return Streams.convert(
                new MessagesDocument(), new ChatReply(MessagesReplies.context(true)), document);
    }

    private static Streams.Reply streamed(String stream, int... cuts) {
        return Streams.convert(
                new MessagesFrames(), new ChatStream(MessagesReplies.context(true)), stream, cuts);
    }

    /// The frame of an event, with its blank line.
    private static String frame(String stream, String event) {
        int start = stream.indexOf("event: " + event + "\n");
        return stream.substring(start, stream.indexOf("\n\n", start) + 2);
    }
}
