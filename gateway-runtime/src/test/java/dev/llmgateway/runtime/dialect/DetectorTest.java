package dev.llmgateway.runtime.dialect;

import static dev.llmgateway.crds.plan.WireFormat.ChatCompletions;
import static dev.llmgateway.crds.plan.WireFormat.Completions;
import static dev.llmgateway.crds.plan.WireFormat.CountTokens;
import static dev.llmgateway.crds.plan.WireFormat.Embeddings;
import static dev.llmgateway.crds.plan.WireFormat.Messages;
import static dev.llmgateway.crds.plan.WireFormat.Models;
import static dev.llmgateway.crds.plan.WireFormat.Responses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.BodyScan;
import dev.llmgateway.runtime.dialect.json.JsonScanner;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    private static final Map<String, String> BEARER = Map.of("authorization", "Bearer k");
    private static final String PLAIN =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void rule_1_a_responses_body_on_the_chat_path_is_answered_as_chat() {
        assertThat(detect("/v1/chat/completions", BEARER, "{\"model\":\"m\",\"input\":\"x\"}"))
                .isEqualTo(new Detection(Responses, ChatCompletions));
    }

    @Test
    void rule_2_the_chat_path_is_chat_even_with_input_beside_messages() {
        assertThat(detect("/v1/chat/completions", BEARER, "{\"input\":1,\"messages\":[]}"))
                .isEqualTo(new Detection(ChatCompletions, ChatCompletions));
    }

    @Test
    void rule_2a_completions() {
        assertBoth("/v1/completions", BEARER, "{\"prompt\":\"x\"}", Completions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/responses",
                "/v1/responses/compact",
                "/v1/responses/input_tokens",
                "/v1/responses/resp_1"
            })
    void rule_3_responses_paths(String path) {
        assertBoth(path, BEARER, PLAIN, Responses);
    }

    @Test
    void rule_4_count_tokens_is_messages() {
        assertBoth("/v1/messages/count_tokens", BEARER, "{\"n\":1}", CountTokens);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic-version=2023-06-01", "anthropic-beta=x",
                        "user-agent=Anthropic/JS 1.12.0",
                "user-agent=claude-cli/2.1.330 (external, cli)", "x-claude-code-session-id=s",
                        "x-api-key=k"
            })
    void rule_5_an_anthropic_header_beats_an_openai_body(String header) {
        String[] parts = header.split("=", 2);

        assertBoth("/v1/messages", Map.of(parts[0], parts[1]), "{\"n\":1,\"input\":1}", Messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta=true", "a=b&beta=true", "beta=true&a=b"})
    void rule_5_the_beta_query(String query) {
        assertThat(detect("/v1/messages", query, BEARER, PLAIN).answer()).isEqualTo(Messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta=false", "xbeta=true", "beta=true1", ""})
    void rule_5_other_queries_say_nothing(String query) {
        assertThat(detect("/v1/messages", query, BEARER, PLAIN).answer())
                .isEqualTo(ChatCompletions);
    }

    @Test
    void rules_7_and_8() {
        assertBoth("/v1/models", BEARER, "{}", Models);
        assertBoth("/v1/models/m", BEARER, "{}", Models);
        assertBoth("/v1/embeddings", BEARER, "{\"input\":\"x\"}", Embeddings);
    }

    @Test
    void row_anthropic_js_1_12_with_bearer_and_version() {
        assertMessagesPath(
                Map.of("authorization", "Bearer k", "anthropic-version", "2026-10-21"),
                PLAIN,
                Messages);
    }

    @Test
    void row_anthropic_js_0_137_with_x_api_key() {
        assertMessagesPath(Map.of("x-api-key", "k"), PLAIN, Messages);
    }

    @Test
    void row_openai_sdk_with_a_chat_body() {
        assertMessagesPath(
                Map.of("authorization", "Bearer k", "user-agent", "OpenAI/JS 7.57.0"),
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"}],\"n\":1}",
                ChatCompletions);
    }

    @Test
    void row_bearer_and_nothing_else_is_chat_by_contract() {
        assertMessagesPath(BEARER, PLAIN, ChatCompletions);
    }

    @Test
    void row_same_plus_system_or_input_schema_is_messages() {
        assertMessagesPath(BEARER, with("\"system\":\"s\""), Messages);
        assertMessagesPath(
                BEARER, with("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]"), Messages);
    }

    @Test
    void row_x_api_key_and_a_chat_body_is_messages() {
        assertMessagesPath(
                Map.of("x-api-key", "k"), with("\"tools\":[{\"function\":{}}]"), Messages);
    }

    @Test
    void row_bearer_and_x_api_key_with_either_body_is_messages() {
        Map<String, String> both = Map.of("authorization", "Bearer k", "x-api-key", "k");

        assertMessagesPath(both, PLAIN, Messages);
        assertMessagesPath(both, with("\"stop\":[\"x\"]"), Messages);
    }

    @Test
    void row_bearer_and_input_without_messages_is_responses() {
        assertMessagesPath(BEARER, "{\"input\":\"x\",\"model\":\"m\"}", Responses);
    }

    @Test
    void row_system_and_a_tool_role_is_chat() {
        assertMessagesPath(
                BEARER,
                "{\"system\":\"s\",\"messages\":[{\"role\":\"user\"},{\"role\":\"tool\"}]}",
                ChatCompletions);
    }

    @Test
    void row_system_and_stop_is_messages() {
        assertMessagesPath(BEARER, with("\"system\":\"s\",\"stop\":[\"x\"]"), Messages);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"tool\"}",
                "{\"role\":\"developer\"}",
                "{\"role\":\"function\"}",
                "{\"role\":\"system\"}",
                "{\"tool_calls\":[]}",
                "{\"tool_call_id\":\"x\"}",
                "{\"refusal\":null}",
                "{\"audio\":{}}",
                "{\"content\":[{\"type\":\"image_url\"}]}",
                "{\"content\":[{\"type\":\"input_audio\"}]}",
                "{\"content\":[{\"type\":\"file\"}]}",
                "{\"content\":[{\"text\":\"x\"},{\"type\":\"refusal\"}]}"
            })
    void openai_evidence_in_a_message_beats_a_top_level_thinking(String message) {
        assertMessagesPath(
                BEARER, "{\"thinking\":{},\"messages\":[" + message + "]}", ChatCompletions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"function\":{}}", "{\"custom\":{}}", "{\"type\":\"function\"}"})
    void openai_evidence_in_a_tool_beats_a_top_level_thinking(String tool) {
        assertMessagesPath(
                BEARER,
                "{\"thinking\":{},\"messages\":[],\"tools\":[" + tool + "]}",
                ChatCompletions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":[{\"type\":\"tool_use\"}]}",
                "{\"content\":[{\"type\":\"tool_result\"}]}",
                "{\"content\":[{\"type\":\"thinking\"}]}",
                "{\"content\":[{\"type\":\"redacted_thinking\"}]}",
                "{\"content\":[{\"type\":\"document\"}]}",
                "{\"content\":[{\"type\":\"search_result\"}]}",
                "{\"content\":[{\"type\":\"server_tool_use\"}]}",
                "{\"content\":[{\"source\":{},\"type\":\"image\"}]}",
                "{\"content\":[{\"type\":\"text\",\"cache_control\":{}}]}"
            })
    void anthropic_evidence_in_a_message(String message) {
        assertMessagesPath(BEARER, "{\"messages\":[" + message + "]}", Messages);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools\":[{\"type\":\"bash_20250124\"}]",
                "\"tools\":[{\"type\":\"mcp_toolset\"}]",
                "\"metadata\":{\"user_id\":\"u\"}",
                "\"tool_choice\":{\"type\":\"auto\"}",
                "\"tool_choice\":{\"type\":\"any\"}",
                "\"tool_choice\":{\"name\":\"f\",\"type\":\"tool\"}",
                "\"tool_choice\":{\"type\":\"none\"}",
                "\"top_k\":1",
                "\"mcp_servers\":[]",
                "\"fallbacks\":[]"
            })
    void anthropic_evidence_at_the_top(String member) {
        assertMessagesPath(BEARER, with(member), Messages);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tool_choice\":\"auto\"",
                "\"tool_choice\":{\"type\":\"function\"}",
                "\"metadata\":{\"a\":\"b\"}",
                "\"metadata\":null",
                "\"tools\":[]",
                "\"tools\":[{\"type\":\"bash_19250124\"}]",
                "\"seed\":1",
                "\"unknown\":{\"system\":1}"
            })
    void no_anthropic_evidence_is_chat(String member) {
        assertMessagesPath(BEARER, with(member), ChatCompletions);
    }

    @Test
    void a_later_system_message_and_an_image_without_source_say_nothing() {
        assertMessagesPath(
                BEARER,
                "{\"thinking\":{},\"messages\":[{\"role\":\"user\"},{\"role\":\"system\"}]}",
                Messages);
        assertMessagesPath(
                BEARER, "{\"messages\":[{\"content\":[{\"type\":\"image\"}]}]}", ChatCompletions);
    }

    @Test
    void only_the_first_8_messages_are_looked_at() {
        String users = "{\"role\":\"user\"},".repeat(7);
        String tail = "{\"role\":\"tool\"}],\"thinking\":{},\"tools\":[]}";

        assertMessagesPath(BEARER, "{\"messages\":[" + users + tail, ChatCompletions);
        assertMessagesPath(BEARER, "{\"messages\":[{}," + users + tail, Messages);
    }

    @Test
    void a_body_is_read_only_when_headers_are_silent() {
        Detection detection =
                Detector.detect(
                        Routes.route("/v1/messages"),
                        "",
                        Map.of("x-api-key", "k")::get,
                        facts(PLAIN),
                        () -> {
                            throw new AssertionError("read");
                        });

        assertThat(detection.answer()).isEqualTo(Messages);
    }

    private static String with(String member) {
        return "{" + member + "," + PLAIN.substring(1);
    }

    private static void assertMessagesPath(
            Map<String, String> headers, String body, WireFormat format) {
        assertBoth("/v1/messages", headers, body, format);
    }

    private static void assertBoth(
            String path, Map<String, String> headers, String body, WireFormat format) {
        assertThat(detect(path, headers, body)).as(body).isEqualTo(new Detection(format, format));
    }

    private static Detection detect(String path, Map<String, String> headers, String body) {
        return detect(path, "", headers, body);
    }

    private static Detection detect(
            String path, String query, Map<String, String> headers, String body) {
        return Detector.detect(
                Routes.route(path),
                query,
                headers::get,
                facts(body),
                () -> new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    private static BodyFacts facts(String body) {
        JsonScanner scanner = new JsonScanner();
        scanner.feed(Unpooled.wrappedBuffer(body.getBytes(UTF_8)));
        return ((BodyScan.Valid) scanner.finish()).facts();
    }
}
