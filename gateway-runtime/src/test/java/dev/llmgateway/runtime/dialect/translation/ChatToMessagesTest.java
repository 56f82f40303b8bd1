package dev.llmgateway.runtime.dialect.translation;

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
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.chat.ChatFrames;
import dev.llmgateway.runtime.dialect.messages.MessagesStream;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies of Chat upstreams for clients of Messages: translation.md 3.1 to 3.4 and 4.3.
class ChatToMessagesTest {
    private static final String ZERO = "{\"prompt_tokens\":1,\"completion_tokens\":1}";

    /// The example of translation.md 4.3.
    private static final String EXAMPLE =
            chunk("\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]")
                    + chunk("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]")
                    + chunk(
                            "\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                                    + "\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                                    + "{\"name\":\"f\",\"arguments\":\"\"}}]}}]")
                    + chunk(
                            "\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                                    + "\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}}]")
                    + chunk("\"choices\":[{\"index\":0," + finish("tool_calls") + "}]")
                    + chunk(
                            "\"choices\":[],\"usage\":{\"prompt_tokens\":12,"
                                    + "\"completion_tokens\":7,\"total_tokens\":19,"
                                    + "\"prompt_tokens_details\":{\"cached_tokens\":3}}")
                    + "data: [DONE]\n\n";

    private static final String LITERAL =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_a1","type":"message","role":"assistant","model":"gpt-x","content":[],"container":null,"diagnostics":null,"stop_details":null,"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":11,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":null,"output_tokens":0,"output_tokens_details":null,"server_tool_use":null,"service_tier":null,"inference_geo":null,"speed":null}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":null}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call_1","name":"f","input":{},"caller":{"type":"direct"}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null,"stop_details":null,"container":null},"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":3,"output_tokens":7,"output_tokens_details":{"thinking_tokens":0},"server_tool_use":null}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @Test
    void the_example_comes_out_byte_for_byte() {
        Streams.Reply reply = streamed(EXAMPLE);

        assertThat(reply.text()).isEqualTo(LITERAL);
        assertThat(reply.failure()).isEmpty();
    }

    @Test
    void the_example_as_a_document_has_every_member() {
        Streams.Reply reply =
                whole(
                        document(
                                "\"content\":\"Hi\",\"refusal\":null,\"tool_calls\":[{\"id\":\"call_1\","
                                        + "\"type\":\"function\",\"function\":{\"name\":\"f\","
                                        + "\"arguments\":\"{\\\"a\\\":1}\"}}]",
                                "tool_calls",
                                "{\"prompt_tokens\":12,\"completion_tokens\":7,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":3}}"));

        assertThat(reply.text())
                .isEqualTo(
                        """
                        {"id":"msg_a1","type":"message","role":"assistant","model":"gpt-x","content":[\
                        {"type":"text","text":"Hi","citations":null},\
                        {"type":"tool_use","id":"call_1","name":"f","input":{"a":1},"caller":{"type":"direct"}}],\
                        "container":null,"diagnostics":null,"stop_details":null,"stop_reason":"tool_use",\
                        "stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,\
                        "cache_read_input_tokens":3,"cache_creation":null,"output_tokens":7,\
                        "output_tokens_details":{"thinking_tokens":0},"server_tool_use":null,\
                        "service_tier":null,"inference_geo":null,"speed":null}}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, false, end_turn",
        "stop, true, tool_use",
        "tool_calls, true, tool_use",
        "tool_calls, false, end_turn",
        "function_call, true, tool_use",
        "function_call, false, end_turn",
        "length, false, max_tokens",
        "length, true, max_tokens",
        "content_filter, false, refusal"
    })
    void finish_reasons_become_stop_reasons(String finish, boolean called, String stop) {
        String calls =
                "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}}]";
        String said = called ? calls : "\"content\":\"x\"";

        JsonNode streamed = message(stream(delta(said), finish(finish)));
        JsonNode whole = tree(whole(document(said, finish, ZERO)).text());

        assertThat(streamed.get("stop_reason").asText()).isEqualTo(stop);
        assertThat(whole.get("stop_reason").asText()).isEqualTo(stop);
    }

    @Test
    void a_filtered_reply_tells_a_refusal_without_explanation() {
        JsonNode message = message(stream(delta("\"content\":\"x\""), finish("content_filter")));

        assertThat(message.get("stop_details"))
                .isEqualTo(tree("{\"type\":\"refusal\",\"category\":null,\"explanation\":null}"));
    }

    @Test
    void a_reason_nobody_knows_is_an_overload_and_no_success() {
        String said = "\"content\":\"x\"";

        Streams.Reply streamed =
                streamed(stream(delta(said), finish("insufficient_system_resource")));
        Streams.Reply whole = whole(document(said, "insufficient_system_resource", ZERO));

        assertThat(streamed.failure()).map(GatewayError::code).contains(ErrorCode.OVERLOADED);
        assertThat(streamed.text()).doesNotContain("message_delta", "message_stop");
        assertThat(whole.failure()).map(GatewayError::code).contains(ErrorCode.OVERLOADED);
    }

    @Test
    void a_refusal_is_text_and_a_reason() {
        JsonNode streamed =
                message(
                        stream(
                                delta("\"refusal\":\"I \""),
                                delta("\"refusal\":\"won't\""),
                                finish("stop")));
        JsonNode whole =
                tree(
                        whole(document("\"content\":null,\"refusal\":\"I won't\"", "stop", ZERO))
                                .text());

        assertThat(streamed.get("stop_reason").asText()).isEqualTo("refusal");
        assertThat(streamed.get("content").get(0).get("text").asText()).isEqualTo("I won't");
        assertThat(whole.get("content")).isEqualTo(streamed.get("content"));
        assertThat(whole.get("stop_reason")).isEqualTo(streamed.get("stop_reason"));
    }

    @Test
    void thoughts_are_signed_once_behind_their_text() {
        String stream =
                stream(
                        delta("\"reasoning_content\":\"thi\""),
                        delta("\"reasoning_content\":\"nk\""),
                        delta("\"content\":\"Hi\""),
                        finish("stop"));

        JsonNode message = message(stream);

        JsonNode thought = message.get("content").get(0);
        assertThat(thought.get("thinking").asText()).isEqualTo("think");
        assertThat(thought.get("signature").asText()).matches("gwC1\\.[0-9a-f]{8}");
        assertThat(message.get("content").get(1).get("text").asText()).isEqualTo("Hi");
        assertThat(streamed(stream).text().split("signature_delta", -1)).hasSize(2);
    }

    @Test
    void nothing_said_is_an_empty_list_with_the_true_reason() {
        JsonNode message = message(stream(delta("\"role\":\"assistant\""), finish("length")));

        assertThat(message.get("content")).isEmpty();
        assertThat(message.get("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(tree(whole(document("\"content\":\"\"", "stop", ZERO)).text()).get("content"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"a\":1}",
                "'' | {}",
                "'  ' | {}",
                "{\"a\": [1, 2]} | {\"a\":[1,2]}",
                "{\"a\":\"日本\\u0041\"} | {\"a\":\"日本A\"}",
                "{\"a\":1 | {\"_raw\":\"{\\\"a\\\":1\"}",
                "{a:1} | {\"_raw\":\"{a:1}\"}",
            })
    void arguments_of_a_document_become_a_value(String arguments, String input) {
        String quoted = arguments.replace("\\", "\\\\").replace("\"", "\\\"");
        String calls =
                "\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\""
                        + quoted
                        + "\"}}]";

        JsonNode message = tree(whole(document(calls, "tool_calls", ZERO)).text());

        assertThat(message.get("content").get(0).get("input")).isEqualTo(tree(input));
    }

    @Test
    void a_call_of_a_custom_tool_becomes_one_with_an_input() {
        String told = "\"custom\":{\"name\":\"patch\",\"input\":\"say \\\"hi\\\"\\n\"}";
        String stream =
                stream(
                        call(
                                "{\"index\":0,\"id\":\"c\",\"type\":\"custom\",\"custom\":"
                                        + "{\"name\":\"patch\",\"input\":\"say \\\"\"}}"),
                        call("{\"index\":0,\"custom\":{\"input\":\"hi\\\"\\n\"}}"),
                        finish("tool_calls"));

        JsonNode streamed = message(stream);
        JsonNode whole =
                tree(
                        whole(
                                        document(
                                                "\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\","
                                                        + told
                                                        + "}]",
                                                "tool_calls",
                                                ZERO))
                                .text());

        assertThat(streamed.get("content").get(0).get("input").get("input").asText())
                .isEqualTo("say \"hi\"\n");
        assertThat(whole.get("content")).isEqualTo(streamed.get("content"));
    }

    @Test
    void the_name_the_client_asked_for_is_shown() {
        ReplyContext named = new ReplyContext("mine \"x\"", 1, true, 11, false, true);

        Streams.Reply reply =
                Streams.convert(new ChatFrames(new Random(1)), new MessagesStream(named), EXAMPLE);

        assertThat(MessageFold.of(reply.text()).get("model").asText()).isEqualTo("mine \"x\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"slow\",\"type\":\"rate_limit_error\",\"code\":null} | RATE_LIMITED",
                "{\"message\":\"x\",\"code\":\"server_is_overloaded\"} | OVERLOADED",
                "{\"message\":\"x\",\"code\":429} | RATE_LIMITED",
                "{\"message\":\"x\",\"code\":503} | OVERLOADED",
                "{} | UPSTREAM_BROKEN",
                "\"text\" | UPSTREAM_BROKEN",
            })
    void an_error_in_the_stream_or_with_status_200_is_a_failure(String error, ErrorCode code) {
        String chunk = "data: {\"error\":" + error + "}\n\n";
        String named = "event: error\ndata: " + error + "\n\n";
        String said = stream(delta("\"content\":\"x\"")).replace("data: [DONE]\n\n", "");

        for (String stream : new String[] {chunk, said + chunk + said, said + named}) {
            Streams.Reply reply = streamed(stream + "data: [DONE]\n\n");

            assertThat(reply.failure()).map(GatewayError::code).contains(code);
            assertThat(reply.text()).doesNotContain("message_stop");
        }
        assertThat(whole("{\"error\":" + error + "}").failure())
                .map(GatewayError::code)
                .contains(code);
    }

    @Test
    void a_stream_without_finish_is_cut_off_whatever_was_said() {
        String said = stream(delta("\"content\":\"x\"")).replace("data: [DONE]\n\n", "");

        for (String cut :
                new String[] {"", said, said + "data: {\"id\":\n\n", said + "data: 7\n\n"}) {
            GatewayError error = streamed(cut).failure().orElseThrow();

            assertThat(error.code()).isEqualTo(ErrorCode.UPSTREAM_BROKEN);
            assertThat(error.message()).isEqualTo("upstream stream ended before completion");
        }
        assertThat(whole("{\"id\":\"x\",").failure())
                .map(GatewayError::code)
                .contains(ErrorCode.UPSTREAM_BROKEN);
    }
}
