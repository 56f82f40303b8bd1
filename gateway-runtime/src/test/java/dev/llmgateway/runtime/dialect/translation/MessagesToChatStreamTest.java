package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.chat.ChatStream;
import dev.llmgateway.runtime.dialect.messages.MessagesFrames;
import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.ServiceTier;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.StopReason;
import dev.llmgateway.runtime.model.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The wire of translation.md 4.4.
class MessagesToChatStreamTest {
    private static final ReplyContext CONTEXT = MessagesReplies.context(true);
    private static final String H =
            "\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                    + "\"model\":\"claude-x\"";

    @Test
    void the_example_of_the_specification_byte_for_byte() {
        String out = chat(EXAMPLE.replace("%SIGNATURE%", ""));

        assertThat(out).isEqualTo(wire(EXPECTED.replace("%DETAILS%", "")));
    }

    @Test
    void a_signed_thought_is_given_back_whole_in_the_final_delta() {
        String signature =
                """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG=="}}

                """;
        String details =
                """
                "reasoning_details":[{"type":"reasoning.text","text":"think","signature":"SIG==","index":0}]\
                """;

        String out = chat(EXAMPLE.replace("%SIGNATURE%", signature));

        assertThat(out).isEqualTo(wire(EXPECTED.replace("%DETAILS%", details)));
    }

    @Test
    void a_custom_call_is_one_only_for_clients_that_declared_custom_tools() {
        List<ReplyEvent> events =
                List.of(
                        new ReplyEvent.Start("a1", "claude-x", ServiceTier.Untold, Usage.NONE),
                        new ReplyEvent.Open(0, new Block.CustomCall("c1", "patch")),
                        new ReplyEvent.Delta(0, Slice.of("a\\n\\\"b\\\"")),
                        new ReplyEvent.Close(0),
                        new ReplyEvent.Finish(StopReason.ToolUse, Slice.EMPTY, Usage.NONE));
        ReplyContext custom = new ReplyContext("", 1, false, 0, true, true);

        String declared = Streams.encoded(new ChatStream(custom), events);
        String wrapped = Streams.encoded(new ChatStream(MessagesReplies.context(false)), events);

        assertThat(declared)
                .contains(
                        "{\"index\":0,\"id\":\"c1\",\"type\":\"custom\","
                                + "\"custom\":{\"name\":\"patch\",\"input\":\"\"}}",
                        "{\"index\":0,\"custom\":{\"input\":\"a\\n\\\"b\\\"\"}}");
        JsonNode call = ChatFold.of(wrapped).at("/choices/0/message/tool_calls/0");
        assertThat(call.get("type").asText()).isEqualTo("function");
        assertThat(call.at("/function/arguments").asText())
                .isEqualTo("{\"input\":\"a\\n\\\"b\\\"\"}");
    }

    private static String chat(String stream) {
        Streams.Reply reply =
                Streams.convert(new MessagesFrames(), new ChatStream(CONTEXT), stream);
        assertThat(reply.failure()).isEmpty();
        return reply.text();
    }

    private static String wire(String payloads) {
        return payloads.replace("{H,", "{" + H + ",").replace("\n", "\n\n");
    }

    private static final String EXAMPLE =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_a1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":9,"cache_read_input_tokens":3,"cache_creation_input_tokens":0,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"think"}}

            %SIGNATURE%event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":7,"output_tokens_details":{"thinking_tokens":2}}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String EXPECTED =
            """
            data: {H,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}
            data: {H,"choices":[{"index":0,"delta":{"reasoning_content":"think"},"logprobs":null,"finish_reason":null}],"usage":null}
            data: {H,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"toolu_1","type":"function","function":{"name":"f","arguments":""}}]},"logprobs":null,"finish_reason":null}],"usage":null}
            data: {H,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":1}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}
            data: {H,"choices":[{"index":0,"delta":{%DETAILS%},"logprobs":null,"finish_reason":"tool_calls"}],"usage":null}
            data: {H,"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":7,"total_tokens":19,"prompt_tokens_details":{"cached_tokens":3,"cache_write_tokens":0},"completion_tokens_details":{"reasoning_tokens":2}}}
            data: [DONE]
            """;
}
