package dev.llmgateway.runtime.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the official SDKs' accumulators demand of a stream (translation.md 4.6).
class SimulatedStreamTest {
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"input_schema\":{\"properties\":{\"a\":"
                    + "{\"type\":\"integer\"}}},\"parameters\":{\"properties\":{\"a\":{\"type\":\"integer\"}}}}]";
    private static final String BODY =
            "{\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"hi there\"}],\"input\":\"hi there\","
                    + TOOLS
                    + "}";

    @ParameterizedTest
    @ValueSource(
            strings = {"simulated-x", "simulated-thinking", "simulated-tool", "simulated-long-50"})
    void messages_satisfy_their_accumulator(String model) {
        List<JsonNode> events = stream(WireFormat.Messages, model);

        JsonNode start = events.getFirst();
        assertThat(start.path("type").asText()).isEqualTo("message_start");
        assertThat(start.at("/message/usage/input_tokens").asInt()).isPositive();
        assertThat(start.path("message").properties().stream().map(m -> m.getKey()))
                .contains(
                        "container", "diagnostics", "stop_details", "stop_reason", "stop_sequence");
        assertThat(types(events)).endsWith("message_delta", "message_stop");
        JsonNode delta = events.get(events.size() - 2);
        assertThat(delta.at("/usage/output_tokens").asInt()).isPositive();
        assertThat(delta.path("usage").has("cache_read_input_tokens")).isTrue();
        assertThat(delta.at("/delta/stop_reason").isTextual()).isTrue();
        assertBlocksAreDense(events);
    }

    private static void assertBlocksAreDense(List<JsonNode> events) {
        int open = -1;
        int next = 0;
        for (JsonNode event : events) {
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    assertThat(open).isEqualTo(-1);
                    assertThat(event.path("index").asInt()).isEqualTo(next++);
                    open = event.path("index").asInt();
                }
                case "content_block_delta" ->
                        assertThat(event.path("index").asInt()).isEqualTo(open);
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(open);
                    open = -1;
                }
                default -> assertThat(open).isEqualTo(-1);
            }
        }
        assertThat(next).isPositive();
    }

    @Test
    void a_thinking_block_gets_exactly_one_signature_last() {
        List<JsonNode> events = stream(WireFormat.Messages, "simulated-thinking");

        List<String> deltas = events.stream().map(e -> e.at("/delta/type").asText()).toList();
        assertThat(deltas).containsOnlyOnce("signature_delta");
        int signature = deltas.indexOf("signature_delta");
        assertThat(events.get(signature + 1).path("type").asText()).isEqualTo("content_block_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated-x", "simulated-thinking", "simulated-tool"})
    void chat_satisfies_its_accumulator(String model) {
        List<JsonNode> events = stream(WireFormat.ChatCompletions, model);

        assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(events.stream().filter(e -> e.at("/choices/0/delta").has("role"))).hasSize(1);
        assertThat(events.stream().filter(e -> e.at("/choices/0/finish_reason").isTextual()))
                .hasSize(1);
        assertThat(events.getLast().asText()).isEqualTo("[DONE]");
        JsonNode usage = events.get(events.size() - 2);
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/total_tokens").asInt()).isPositive();
        List<JsonNode> chunks = events.subList(0, events.size() - 1);
        assertThat(chunks).allSatisfy(c -> assertThat(c.has("usage")).isTrue());
        assertThat(chunks.stream().map(c -> c.path("id").asText()).distinct()).hasSize(1);
    }

    @Test
    void a_chat_tool_call_opens_with_type_and_name_at_index_zero() {
        List<JsonNode> events = stream(WireFormat.ChatCompletions, "simulated-tool");

        JsonNode opened = events.get(1).at("/choices/0/delta/tool_calls/0");
        JsonNode more = events.get(2).at("/choices/0/delta/tool_calls/0");
        assertThat(opened.path("index").asInt(-1)).isZero();
        assertThat(opened.path("type").asText()).isEqualTo("function");
        assertThat(opened.at("/function/name").asText()).isEqualTo("f");
        assertThat(opened.at("/function/arguments").asText("?")).isEmpty();
        assertThat(more)
                .hasToString("{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}");
        assertThat(events.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void chat_tells_usage_only_when_asked() {
        String body = BODY.replace("true", "false");
        try (Recorder reply =
                Recorder.play(WireFormat.ChatCompletions, "simulated-x", true, body)) {
            assertThat(reply.events()).noneMatch(e -> e.has("usage"));
            assertThat(reply.events())
                    .noneMatch(e -> e.path("choices").isArray() && e.path("choices").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated-x", "simulated-thinking", "simulated-tool"})
    void responses_satisfy_their_accumulator(String model) {
        List<JsonNode> events = stream(WireFormat.Responses, model);

        assertThat(types(events)).startsWith("response.created", "response.in_progress");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
        }
        JsonNode last = events.getLast();
        assertThat(last.path("type").asText()).isEqualTo("response.completed");
        assertThat(last.at("/response/id")).isEqualTo(events.getFirst().at("/response/id"));
        assertThat(last.at("/response/usage/input_tokens_details/cached_tokens").isInt()).isTrue();
        assertThat(last.at("/response/usage/output_tokens_details/reasoning_tokens").isInt())
                .isTrue();
        List<JsonNode> done =
                events.stream()
                        .filter(e -> e.path("type").asText().equals("response.output_item.done"))
                        .map(e -> e.path("item"))
                        .toList();
        assertThat(done).isNotEmpty();
        assertThat(last.at("/response/output")).containsExactlyElementsOf(done);
        assertItemsOpenAsTheyClose(events);
    }

    private static void assertItemsOpenAsTheyClose(List<JsonNode> events) {
        List<JsonNode> opened =
                events.stream()
                        .filter(e -> e.path("type").asText().equals("response.output_item.added"))
                        .toList();
        JsonNode output = events.getLast().at("/response/output");
        assertThat(opened).hasSize(output.size());
        for (int i = 0; i < opened.size(); i++) {
            assertThat(opened.get(i).path("output_index").asInt()).isEqualTo(i);
            assertThat(opened.get(i).at("/item/id")).isEqualTo(output.get(i).path("id"));
            assertThat(opened.get(i).at("/item/type")).isEqualTo(output.get(i).path("type"));
            assertThat(opened.get(i).at("/item/call_id")).isEqualTo(output.get(i).path("call_id"));
        }
    }

    @Test
    void streamed_and_whole_replies_tell_the_same() {
        JsonNode streamed = stream(WireFormat.Responses, "simulated-thinking").getLast();
        try (Recorder whole =
                Recorder.play(WireFormat.Responses, "simulated-thinking", false, BODY)) {
            assertThat(whole.json()).isEqualTo(streamed.path("response"));
        }
    }

    @Test
    void completions_stream_text_then_reason_then_usage() {
        List<JsonNode> events = stream(WireFormat.Completions, "simulated-x");

        assertThat(events.getFirst().path("object").asText()).isEqualTo("text_completion");
        assertThat(events.get(events.size() - 3).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events.get(events.size() - 2).at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(events.getLast().asText()).isEqualTo("[DONE]");
    }

    @Test
    void an_overload_inside_a_stream_is_the_formats_own_error_and_no_normal_end() {
        List<JsonNode> messages = stream(WireFormat.Messages, "simulated-overloaded-event");
        List<JsonNode> chat = stream(WireFormat.ChatCompletions, "simulated-overloaded-event");
        List<JsonNode> responses = stream(WireFormat.Responses, "simulated-overloaded-event");

        assertThat(types(messages)).containsExactly("message_start", "error");
        assertThat(messages.getLast().at("/error/type").asText()).isEqualTo("overloaded_error");
        assertThat(chat.get(1).at("/error/message").isTextual()).isTrue();
        assertThat(chat).noneMatch(e -> e.at("/choices/0/finish_reason").isTextual());
        assertThat(types(responses))
                .containsExactly(
                        "response.created", "response.in_progress", "error", "response.failed");
        assertThat(responses.getLast().at("/response/status").asText()).isEqualTo("failed");
        assertThat(responses.getLast().path("sequence_number").asInt()).isEqualTo(3);
    }

    private static List<JsonNode> stream(WireFormat format, String model) {
        try (Recorder reply = Recorder.play(format, model, true, BODY)) {
            assertThat(reply.events()).isNotEmpty();
            assertThat(reply.ended()).isEqualTo("end");
            assertThat(reply.contentLength).isEqualTo(-1);
            assertThat(reply.headers.get("content-type")).startsWith("text/event-stream");
            return reply.events();
        }
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(e -> e.path("type").asText()).toList();
    }
}
