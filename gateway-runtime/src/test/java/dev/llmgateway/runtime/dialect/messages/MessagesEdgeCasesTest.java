package dev.llmgateway.runtime.dialect.messages;

import static dev.llmgateway.runtime.dialect.messages.HubRequest.call;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.function;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.hi;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.marked;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.result;
import static dev.llmgateway.runtime.dialect.messages.HubRequest.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.messages.HubRequest.Written;
import dev.llmgateway.runtime.dialect.translation.RootSchema;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.api.Test;

/// The cases of translation.md 6 that a Messages request decides, by their numbers.
class MessagesEdgeCasesTest {
    @Test
    void case_06_empty_arguments_in_a_chat_history_are_an_empty_input() {
        Written written = hi().assistant(call("f", "")).user(result(text("1"))).written();

        assertThat(written.json().at("/messages/1/content/0/input").toString()).isEqualTo("{}");
    }

    @Test
    void case_26_a_leading_developer_message_is_top_level_system_and_never_the_first_message() {
        Written written =
                hi().system(text("rules")).thinks("A").samples("None").nativeMidSystem().written();

        assertThat(written.member("system")).isEqualTo("[{\"type\":\"text\",\"text\":\"rules\"}]");
        assertThat(written.json().at("/messages/0/role").asText()).isEqualTo("user");
    }

    @Test
    void case_33_unsigned_reasoning_in_the_history_makes_no_thinking_block() {
        Written written =
                hi().assistant(new Part.Thinking(Slice.of("hm"), Slice.EMPTY), text("so"))
                        .user(text("go"))
                        .written();

        assertThat(written.member("messages")).doesNotContain("thinking", "hm");
    }

    @Test
    void case_38_empty_content_beside_a_call_makes_no_block_and_no_cache_control() {
        Written written =
                hi().assistant(marked(""), call("f", "{}")).user(result(text("1"))).written();

        assertThat(written.json().at("/messages/1/content").toString())
                .isEqualTo(
                        "[{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{}}]");
    }

    @Test
    void case_39_sampling_a_model_refuses_is_dropped_with_a_warning_or_clamped() {
        Written opus = hi().thinks("A").samples("None").temperature("0.2").written();
        assertThat(opus.member("temperature")).isEqualTo("absent");
        assertThat(opus.notes()).containsExactly("temperature=the model takes none");

        Written both = hi().temperature("0.2").topP("0.9").written();
        assertThat(both.member("temperature")).isEqualTo("0.2");
        assertThat(both.member("top_p")).isEqualTo("absent");
        assertThat(both.notes()).containsExactly("top_p=not beside temperature");

        assertThat(hi().temperature("1.7").written().member("temperature")).isEqualTo("1.0");
    }

    @Test
    void case_50_a_response_schema_is_brought_into_the_subset() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":1},"
                        + "\"b\":{\"type\":\"string\",\"pattern\":\"^\\\"x\"},"
                        + "\"c\":{\"oneOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]}}}";
        Written written =
                hi().output(new OutputFormat.JsonSchema("o", Slice.EMPTY, Slice.of(schema), true))
                        .written();

        assertThat(written.json().at("/output_config/format/schema").toString())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\","
                                + "\"description\":\"{minimum: 1}\"},\"b\":{\"type\":\"string\","
                                + "\"description\":\"{pattern: \\\"^\\\\\\\"x\\\"}\"},"
                                + "\"c\":{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]}},"
                                + "\"additionalProperties\":false}");
    }

    @Test
    void case_51_a_tool_schema_with_a_choice_at_its_root_is_wrapped_and_so_are_its_arguments() {
        String schema = "{\"anyOf\":[{\"type\":\"object\"},{\"type\":\"string\"}]}";
        Written written =
                hi().tool(function("f", schema, false))
                        .assistant(call("f", "{\\\"a\\\":1}"), call("f", "[1]"), call("g", "{}"))
                        .user(result(text("1")))
                        .written();

        assertThat(RootSchema.needsWrapping(Slice.of(schema))).isTrue();
        assertThat(written.json().at("/tools/0/input_schema").toString())
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"value\":"
                                + schema
                                + "},\"required\":[\"value\"],\"additionalProperties\":false}");
        assertThat(written.json().at("/messages/1/content").findValues("input"))
                .hasToString("[{\"value\":{\"a\":1}}, {\"value\":[1]}, {}]");
        assertThat(written.notes()).isEmpty();
    }
}
