package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Chat.call;
import static dev.llmgateway.runtime.dialect.translation.Chat.chunk;
import static dev.llmgateway.runtime.dialect.translation.Chat.delta;
import static dev.llmgateway.runtime.dialect.translation.Chat.finish;
import static dev.llmgateway.runtime.dialect.translation.Chat.message;
import static dev.llmgateway.runtime.dialect.translation.Chat.stream;
import static dev.llmgateway.runtime.dialect.translation.Chat.streamed;
import static dev.llmgateway.runtime.dialect.translation.Chat.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Chat upstreams do beyond OpenAI's text: "Seen in the wild" of translation.md 4.2.
class ChatInTheWildTest {
    @Test
    void content_is_a_list_of_parts() {
        JsonNode content =
                message(
                                stream(
                                        delta(
                                                "\"content\":[{\"type\":\"thinking\",\"thinking\":"
                                                        + "[{\"type\":\"text\",\"text\":\"hm\"}]}]"),
                                        delta(
                                                "\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                                        + "{\"type\":\"text\",\"text\":\"b\"},\"c\"]"),
                                        delta("\"content\":\"d\""),
                                        finish("stop")))
                        .get("content");

        assertThat(content).hasSize(2);
        assertThat(content.get(0).get("thinking").asText()).isEqualTo("hm");
        assertThat(content.get(1).get("text").asText()).isEqualTo("abcd");
    }

    @Test
    void the_index_is_left_out() {
        calls(
                stream(
                        call(
                                "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}"),
                        call("{\"function\":{\"arguments\":\"\\\":1}\"}}"),
                        call("{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}"),
                        call("{\"id\":\"c2\",\"function\":{\"arguments\":\"}\"}}"),
                        finish("tool_calls")),
                "c1 f {\"a\":1}",
                "c2 g {}");
    }

    @Test
    void whole_calls_come_in_one_chunk_without_index() {
        calls(
                stream(
                        call(
                                "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                                        + "{\"id\":\"c2\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                        finish("stop")),
                "c1 f {}",
                "c2 f {}");
    }

    @Test
    void calls_without_index_id_and_arguments_stay_apart_in_one_chunk() {
        String both = "{\"function\":{\"name\":\"f\"}},{\"function\":{\"name\":\"g\"}}";

        JsonNode content = message(stream(call(both), finish("stop"))).get("content");

        assertThat(content)
                .extracting(block -> block.get("name").asText())
                .containsExactly("f", "g");
    }

    @Test
    void every_call_has_index_0_and_an_id_of_its_own() {
        calls(
                stream(
                        call(
                                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                        call(
                                "{\"index\":0,\"id\":\"c2\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"b\\\":2}\"}}"),
                        call(
                                "{\"index\":0,\"id\":\"c3\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                        finish("tool_calls")),
                "c1 f {}",
                "c2 f {\"b\":2}",
                "c3 g {}");
    }

    @Test
    void the_name_is_repeated_or_empty_in_later_fragments() {
        calls(
                stream(
                        call(
                                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                        call(
                                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                        call(
                                "{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"}\"}}"),
                        call(
                                "{\"index\":0,\"id\":null,\"function\":{\"name\":null,\"arguments\":null}}"),
                        finish("tool_calls")),
                "c1 f {}");
    }

    @Test
    void name_and_id_come_late_and_in_pieces() {
        calls(
                stream(
                        call(
                                "{\"index\":0,\"type\":\"function\",\"function\":{\"name\":\"get_\"}}"),
                        call("{\"index\":0,\"id\":\"c1\"}"),
                        call(
                                "{\"index\":0,\"function\":{\"name\":\"weather\",\"arguments\":\"{\"}}"),
                        call("{\"index\":0,\"function\":{\"arguments\":\"}\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                        call("{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"late\"}}"),
                        call("{\"index\":1,\"function\":{\"arguments\":\"1}\"}}"),
                        finish("tool_calls")),
                "c1 get_weather {}",
                "c2 late {\"x\":1}");
    }

    @Test
    void ids_rotate_in_mid_stream_and_the_first_stays() {
        String stream =
                stream(
                        call(
                                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                        call("{\"index\":0,\"id\":\"c9\",\"function\":{\"arguments\":\"}\"}}"),
                        finish("tool_calls"));
        int last = stream.lastIndexOf("chatcmpl-a1");
        String rotated = stream.substring(0, last) + "chatcmpl-b2" + stream.substring(last + 11);

        calls(rotated, "c1 f {}");
        assertThat(message(rotated).get("id").asText()).isEqualTo("msg_a1");
    }

    @Test
    void an_id_that_is_left_out_is_made_up() {
        JsonNode block =
                message(
                                stream(
                                        call(
                                                "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                        finish("stop")))
                        .get("content")
                        .get(0);

        assertThat(block.get("id").asText()).matches("call_[0-9A-Za-z]{24}");
    }

    @Test
    void the_deprecated_function_call_is_one_too() {
        JsonNode message =
                message(
                        stream(
                                delta("\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}"),
                                delta("\"function_call\":{\"arguments\":\"{\\\"a\\\":\"}"),
                                delta("\"function_call\":{\"arguments\":\"1}\"}"),
                                finish("function_call")));

        assertThat(message.get("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(message.get("content").get(0).get("name").asText()).isEqualTo("f");
        assertThat(message.get("content").get(0).get("input")).isEqualTo(tree("{\"a\":1}"));
    }

    @Test
    void arguments_are_an_object_instead_of_a_text() {
        calls(
                stream(
                        call(
                                "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":\"x\\\"y\"}}}"),
                        finish("stop")),
                "c1 f {\"a\":\"x\\\"y\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":10,\"completion_tokens\":2,\"cached_tokens\":4}",
                "{\"prompt_tokens\":10,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":4,\"prompt_cache_miss_tokens\":6}",
                "{\"prompt_tokens\":10,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}",
                "{\"prompt_tokens\":13,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":3}}",
            })
    void cached_tokens_are_named_in_several_ways(String usage) {
        String stream =
                stream(delta("\"content\":\"x\""), finish("stop"))
                        .replace("data: [DONE]\n\n", chunk("\"choices\":[],\"usage\":" + usage));

        JsonNode told = message(stream).get("usage");

        assertThat(told.get("input_tokens").asInt()).isEqualTo(6);
        assertThat(told.get("cache_read_input_tokens").asInt()).isEqualTo(4);
        assertThat(told.get("cache_creation_input_tokens").asInt())
                .isEqualTo(usage.contains("write") ? 3 : 0);
    }

    @Test
    void usage_stands_in_the_choice_or_in_every_chunk() {
        String inChoice =
                stream(
                        delta("\"content\":\"x\"") + ",\"usage\":{\"prompt_tokens\":5}",
                        finish("stop")
                                + ",\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}");

        assertThat(message(inChoice).get("usage").get("output_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void the_first_chunk_is_empty_as_azure_sends_it() {
        String azure =
                "data: {\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[]}\n\n";

        JsonNode message = message(azure + stream(delta("\"content\":\"x\""), finish("stop")));

        assertThat(message.get("id").asText()).isEqualTo("msg_a1");
        assertThat(message.get("model").asText()).isEqualTo("gpt-x");
    }

    @Test
    void error_null_is_no_error_and_other_choices_are_ignored() {
        String stream =
                chunk(
                                "\"error\":null,\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"}},"
                                        + "{\"index\":0,\"delta\":{\"content\":\"yes\"}},"
                                        + "{\"delta\":{\"content\":\"no\"},\"index\":2}]")
                        + stream(finish("stop"));

        JsonNode content = message(stream).get("content");

        assertThat(content).hasSize(1);
        assertThat(content.get(0).get("text").asText()).isEqualTo("yes");
    }

    @Test
    void comments_pings_and_carriage_returns_mean_nothing() {
        String stream =
                ": OPENROUTER PROCESSING\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata:\n\n"
                        + stream(delta("\"content\":\"x\""), finish("stop"));

        assertThat(message(stream.replace("\n", "\r\n")).get("content")).hasSize(1);
    }

    @Test
    void both_names_of_thoughts_hold_the_same_text() {
        JsonNode content =
                message(
                                stream(
                                        delta("\"reasoning\":\"a\",\"reasoning_content\":\"a\""),
                                        delta("\"reasoning\":\"b\""),
                                        finish("stop")))
                        .get("content");

        assertThat(content.get(0).get("thinking").asText()).isEqualTo("ab");
    }

    @Test
    void done_without_a_reason_is_an_end() {
        assertThat(message(stream(delta("\"content\":\"x\""))).get("stop_reason").asText())
                .isEqualTo("end_turn");
    }

    @Test
    void calls_without_a_name_or_without_number_are_a_failure() {
        String nameless = call("{\"index\":0,\"id\":\"c\",\"function\":{\"arguments\":\"{}\"}}");
        String[] many = new String[1_025];
        for (int i = 0; i < many.length; i++) {
            many[i] = call("{\"index\":" + i + ",\"function\":{\"name\":\"f\"}}");
        }

        assertThat(streamed(stream(nameless, finish("tool_calls"))).failure())
                .map(GatewayError::code)
                .contains(ErrorCode.UPSTREAM_BROKEN);
        assertThat(streamed(stream(many)).failure())
                .map(GatewayError::code)
                .contains(ErrorCode.UPSTREAM_BROKEN);
    }

    @Test
    void noise_behind_the_text_changes_nothing() {
        StringBuilder stream = new StringBuilder();
        String[] words = {"one", " two\\n", " 日本", " \\u0041", "\\\"", "end"};
        for (int i = 0; i < words.length; i++) {
            stream.append(
                    chunk(
                            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                                    + words[i]
                                    + "\"},\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\""
                                    + "x".repeat(i)
                                    + "\""));
        }

        JsonNode message = message(stream + stream(finish("stop")));

        assertThat(message.get("content").get(0).get("text").asText())
                .isEqualTo("one two\n 日本 A\"end");
    }

    private static void calls(String stream, String... expected) {
        JsonNode content = message(stream).get("content");
        assertThat(content)
                .extracting(block ->
                        block.get("id").asText()
                                + " "
                                + block.get("name").asText()
                                + " "
                                + block.get("input"))
                .containsExactly(expected);
        assertThat(Chat.aggregated(stream).get("content")).isEqualTo(content);
    }
}
