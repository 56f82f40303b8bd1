package dev.llmgateway.runtime.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedProviderTest {
    private static final String SCHEMA =
            """
            {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},
             "unit":{"enum":["C","F"]},"tags":{"type":"array","items":{"type":"boolean"}}}}\
            """;
    private static final String ARGUMENTS =
            "{\"city\":\"example\",\"days\":1,\"unit\":\"C\",\"tags\":[true]}";
    private static final String CHAT =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi  you\\nthere\"}]}";

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void the_same_request_always_gets_the_same_bytes(WireFormat format) {
        for (String model : new SimulatedProvider().models()) {
            if (model.equals("simulated-slow")) {
                continue;
            }
            for (boolean stream : new boolean[] {true, false}) {
                try (Recorder one = Recorder.play(format, model, stream, CHAT);
                        Recorder two = Recorder.play(format, model, stream, CHAT)) {
                    assertThat(one.ended()).isEqualTo(two.ended());
                    assertThat(one.pieces).isEqualTo(two.pieces);
                    assertThat(one.headers).isEqualTo(two.headers);
                }
            }
        }
    }

    @Test
    void a_whole_reply_declares_its_length() {
        try (Recorder reply = Recorder.play(WireFormat.Messages, "simulated-x", false, CHAT)) {
            reply.ended();

            assertThat(reply.contentLength).isEqualTo(reply.text().length());
            assertThat(reply.headers).containsEntry("content-type", "application/json");
        }
    }

    @Test
    void echo_repeats_the_last_user_text_in_every_format() {
        String content =
                "[{\"type\":\"text\",\"text\":\"A 你\"},{\"type\":\"text\",\"text\":\" b\"}]";
        String messages =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"no\"},"
                        + "{\"role\":\"user\",\"content\":"
                        + content
                        + "},{\"role\":\"assistant\",\"content\":\"not me\"}]}";

        assertThat(whole(WireFormat.Messages, messages).at("/content/0/text").asText())
                .isEqualTo("A 你 b");
        assertThat(whole(WireFormat.ChatCompletions, messages).at("/choices/0/message/content"))
                .hasToString("\"A 你 b\"");
        assertThat(
                        whole(WireFormat.Responses, messages.replace("messages", "input"))
                                .at("/output/0/content/0/text"))
                .hasToString("\"A 你 b\"");
        assertThat(
                        whole(WireFormat.Responses, "{\"input\":\"x y\"}")
                                .at("/output/0/content/0/text"))
                .hasToString("\"x y\"");
        assertThat(whole(WireFormat.Completions, "{\"prompt\":\"x y\"}").at("/choices/0/text"))
                .hasToString("\"x y\"");
    }

    @Test
    void a_streamed_echo_keeps_every_character() {
        StringBuilder text = new StringBuilder();
        try (Recorder reply =
                Recorder.play(WireFormat.ChatCompletions, "simulated-echo", true, CHAT)) {
            reply.events().forEach(e -> text.append(e.at("/choices/0/delta/content").asText("")));
        }

        assertThat(text).hasToString("Hi  you\nthere");
    }

    @Test
    void usage_counts_a_quarter_of_the_prompts_bytes_and_the_words_said() {
        String body =
                "{\"system\":\"12345678\",\"messages\":[{\"role\":\"user\",\"content\":\"a b c 567\"}]}";

        JsonNode usage = whole(WireFormat.Messages, body).path("usage");
        assertThat(usage.path("input_tokens").asInt()).isEqualTo(17 / 4);
        assertThat(usage.path("output_tokens").asInt()).isEqualTo(4);
        try (Recorder count = Recorder.play(WireFormat.CountTokens, "simulated-x", false, body)) {
            assertThat(count.json()).hasToString("{\"input_tokens\":4}");
        }
    }

    @Test
    void the_output_limit_ends_the_reply_with_its_own_reason() {
        String body = "{\"max_tokens\":2," + CHAT.substring(1);

        assertThat(whole(WireFormat.Messages, body).path("stop_reason").asText())
                .isEqualTo("max_tokens");
        assertThat(whole(WireFormat.ChatCompletions, body).at("/choices/0/finish_reason").asText())
                .isEqualTo("length");
    }

    @Test
    void the_tool_is_called_with_arguments_of_its_schema() {
        String messages =
                "{\"messages\":[],\"tools\":[{\"type\":\"web_search_1\",\"name\":\"w\"},"
                        + "{\"name\":\"f\",\"input_schema\":"
                        + SCHEMA
                        + "}]}";
        String chat =
                "{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"parameters\":"
                        + SCHEMA
                        + "}}]}";
        String responses =
                "{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"},"
                        + "{\"type\":\"function\",\"name\":\"f\",\"parameters\":"
                        + SCHEMA
                        + "}]}";

        JsonNode block = tool(WireFormat.Messages, messages).at("/content/0");
        JsonNode call =
                tool(WireFormat.ChatCompletions, chat).at("/choices/0/message/tool_calls/0");
        JsonNode item = tool(WireFormat.Responses, responses).at("/output/0");

        assertThat(block.path("input")).hasToString(ARGUMENTS);
        assertThat(block.path("name").asText()).isEqualTo("f");
        assertThat(call.at("/function/arguments").asText()).isEqualTo(ARGUMENTS);
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(item.path("arguments").asText()).isEqualTo(ARGUMENTS);
        assertThat(item.path("type").asText()).isEqualTo("function_call");
    }

    @Test
    void a_schema_that_refers_to_itself_ends() {
        String body =
                "{\"messages\":[],\"tools\":[{\"name\":\"f\",\"input_schema\":"
                        + "{\"type\":\"object\",\"properties\":{\"me\":{\"$ref\":\"#\"},\"it\":{\"$ref\":\"#/\"}}}}]}";

        assertThat(tool(WireFormat.Messages, body).at("/content/0/type").asText())
                .isEqualTo("tool_use");
    }

    @Test
    void a_tool_loop_ends_with_a_text_that_quotes_the_result() {
        String messages =
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"21 C\"}]}]}],"
                        + "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]}";
        String chat = "{\"messages\":[{\"role\":\"tool\",\"content\":\"21 C\"}]}";
        String responses = "{\"input\":[{\"type\":\"function_call_output\",\"output\":\"21 C\"}]}";

        assertThat(tool(WireFormat.Messages, messages).at("/content/0/text").asText())
                .contains("21 C");
        assertThat(tool(WireFormat.ChatCompletions, chat).at("/choices/0/message/content").asText())
                .contains("21 C");
        assertThat(tool(WireFormat.Responses, responses).at("/output/0/content/0/text").asText())
                .contains("21 C");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, invalid_request_error",
        "401, authentication_error, invalid_request_error",
        "403, permission_error, invalid_request_error",
        "404, not_found_error, invalid_request_error",
        "500, api_error, server_error",
        "503, overloaded_error, service_unavailable_error",
        "529, overloaded_error, service_unavailable_error"
    })
    void an_error_speaks_the_formats_own_shape(int status, String anthropic, String openAi) {
        String model = "simulated-" + status;
        try (Recorder messages = Recorder.play(WireFormat.Messages, model, true, CHAT);
                Recorder chat = Recorder.play(WireFormat.ChatCompletions, model, false, CHAT)) {
            JsonNode theirs = messages.json();

            assertThat(theirs.path("type").asText()).isEqualTo("error");
            assertThat(theirs.at("/error/type").asText()).isEqualTo(anthropic);
            assertThat(theirs.path("request_id").asText()).startsWith("req_");
            assertThat(chat.json().at("/error/type").asText()).isEqualTo(openAi);
            assertThat(chat.json().path("error").has("param")).isTrue();
            assertThat(chat.json().path("error").has("code")).isTrue();
            assertThat(messages.status).isEqualTo(status);
            assertThat(chat.status).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"simulated-429, 1", "simulated-429-30, 30"})
    void a_rate_limit_says_when_to_return(String model, String seconds) {
        try (Recorder reply = Recorder.play(WireFormat.Responses, model, true, CHAT)) {
            assertThat(reply.json().at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(reply.headers).containsEntry("retry-after", seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "nonsense"})
    void a_body_that_is_no_object_is_a_bad_request(String body) {
        try (Recorder reply = Recorder.play(WireFormat.Messages, "simulated-x", true, body)) {
            assertThat(reply.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
            assertThat(reply.status).isEqualTo(400);
        }
    }

    @Test
    void embeddings_are_the_same_numbers_in_both_encodings() {
        String plain = "{\"input\":[\"a\",\"b\",\"a\"],\"dimensions\":40}";
        String base64 = "{\"input\":\"a\",\"dimensions\":40,\"encoding_format\":\"base64\"}";

        JsonNode data = whole(WireFormat.Embeddings, plain).path("data");
        String encoded = whole(WireFormat.Embeddings, base64).at("/data/0/embedding").asText();

        List<Double> decoded = new ArrayList<>();
        var floats =
                ByteBuffer.wrap(Base64.getDecoder().decode(encoded))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        while (floats.hasRemaining()) {
            decoded.add((double) floats.get());
        }
        List<Double> numbers = new ArrayList<>();
        data.at("/0/embedding").forEach(n -> numbers.add((double) (float) n.asDouble()));
        assertThat(numbers).hasSize(40).isEqualTo(decoded);
        assertThat(data.at("/2/embedding")).isEqualTo(data.at("/0/embedding"));
        assertThat(data.at("/1/embedding")).isNotEqualTo(data.at("/0/embedding"));
        assertThat(data.at("/2/index").asInt()).isEqualTo(2);
    }

    @Test
    void the_model_list_reads_in_both_families() {
        try (Recorder reply = Recorder.play(WireFormat.Models, "", false, "")) {
            JsonNode first = reply.json().at("/data/0");

            assertThat(first.path("object").asText()).isEqualTo("model");
            assertThat(first.path("type").asText()).isEqualTo("model");
            assertThat(first.has("display_name") && first.has("created")).isTrue();
            assertThat(reply.json().path("has_more").isBoolean()).isTrue();
            assertThat(reply.json().path("data")).hasSize(new SimulatedProvider().models().size());
        }
    }

    private static JsonNode whole(WireFormat format, String body) {
        try (Recorder reply = Recorder.play(format, "simulated-echo", false, body)) {
            return reply.json();
        }
    }

    private static JsonNode tool(WireFormat format, String body) {
        try (Recorder reply = Recorder.play(format, "simulated-tool", false, body)) {
            return reply.json();
        }
    }
}
