package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients of Responses before upstreams that do not speak it, over real sockets.
class ResponsesTranslationIT {
    private static final String RESPONSES = "/v1/responses";
    private static final String ASK = "{\"model\":\"m\",\"input\":\"Hi\"}";
    private static final String STREAMED = "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}";
    private static final String CHAT_REPLY =
            "{\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                    + "\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5,\"total_tokens\":16}}";
    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n";

    private static GatewayFixture before(FaultUpstream upstream, WireFormat... formats) {
        return GatewayFixture.serving(
                GatewayFixture.plan(GatewayFixture.account(upstream).formats(formats).plan()));
    }

    @Test
    void a_document_is_answered_by_a_chat_upstream() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(RESPONSES, ASK);

            assertThat(reply.status()).isEqualTo(200);
            JsonNode response = GatewayFixture.json(reply.text());
            assertThat(response.path("object").asText()).isEqualTo("response");
            assertThat(response.path("id").asText()).isEqualTo("resp_a1");
            assertThat(response.path("status").asText()).isEqualTo("completed");
            assertThat(response.at("/output/0/content/0/text").asText()).isEqualTo("Hello");
            assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(11);
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("format_in").asText()).isEqualTo("Responses");
            assertThat(line.path("format_out").asText()).isEqualTo("ChatCompletions");
            assertThat(line.path("outcome").asText()).isEqualTo("served");
        }
    }

    @Test
    void a_stream_that_breaks_ends_with_the_formats_failure_behind_what_was_said()
            throws IOException {
        try (var upstream = FaultUpstream.always(Script.events(CHUNK).endOfChunks());
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            String text = gateway.post(RESPONSES, STREAMED).text();

            assertThat(text).startsWith("event: response.created\n");
            assertThat(text).contains("\"delta\":\"Hel\"");
            assertThat(text).contains("event: error\ndata: ");
            assertThat(text).contains("event: response.failed\ndata: ");
            assertThat(text).doesNotContain("response.completed");
            assertThat(numbers(text)).isSorted().doesNotHaveDuplicates().startsWith(0L);
            assertThat(
                            text.lines()
                                    .filter(line -> line.contains("response.failed"))
                                    .toList()
                                    .getLast())
                    .contains("\"id\":\"resp_a1\"");
        }
    }

    private static List<Long> numbers(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> GatewayFixture.json(line.substring(6)).path("sequence_number"))
                .map(JsonNode::asLong)
                .toList();
    }

    @Test
    void tokens_are_estimated_and_marked_where_nobody_counts_them() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(RESPONSES + "/input_tokens", ASK);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("x-gateway-estimate")).hasValue("true");
            JsonNode count = GatewayFixture.json(reply.text());
            assertThat(count.path("object").asText()).isEqualTo("response.input_tokens");
            assertThat(count.path("input_tokens").asInt()).isPositive();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void a_conversation_is_compacted_natively_only() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(RESPONSES + "/compact", ASK);

            assertThat(reply.status()).isEqualTo(501);
            assertThat(upstream.received()).isEmpty();
        }
    }

    /// Editors send it (translation.md 1.1).
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_of_responses_on_the_path_of_chat_is_answered_as_chat(boolean stream)
            throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post("/v1/chat/completions", stream ? STREAMED : ASK);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text())
                    .contains(stream ? "chat.completion.chunk" : "\"chat.completion\"", "Hello");
            assertThat(
                            GatewayFixture.json(upstream.received().getFirst().message().text())
                                    .at("/messages/0/content")
                                    .asText())
                    .isEqualTo("Hi");
        }
    }
}
