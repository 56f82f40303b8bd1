package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Received;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients of one format before upstreams of another, over real sockets.
class TranslationIT {
    private static final String MESSAGES = "/v1/messages";
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK_MESSAGES =
            "{\"model\":\"m\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String ASK_CHAT =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String CHAT_REPLY =
            "{\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
                    + "\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5,\"total_tokens\":16}}";
    private static final String MESSAGES_REPLY =
            "{\"id\":\"msg_a1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],"
                    + "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":11,\"output_tokens\":5}}";

    private static AccountPlan account(FaultUpstream upstream, WireFormat... formats) {
        return GatewayFixture.account(upstream).formats(formats).plan();
    }

    private static GatewayFixture before(FaultUpstream upstream, WireFormat... formats) {
        return GatewayFixture.serving(Plans.known(GatewayFixture.plan(account(upstream, formats))));
    }

    private static String streamed(String body) {
        return body.substring(0, body.length() - 1) + ",\"stream\":true}";
    }

    private static JsonNode sent(FaultUpstream upstream) {
        Received only = upstream.received().getFirst();
        return GatewayFixture.json(only.message().text());
    }

    /// With the caller's own credential its refusals are the caller's to know, in its own words.
    @ParameterizedTest
    @CsvSource({
        "401, 401, authentication_error",
        "403, 403, permission_error",
        "429, 429, rate_limit_error"
    })
    void a_refusal_of_the_callers_own_credential_is_told(int status, int told, String type)
            throws IOException {
        String refused = "{\"error\":{\"message\":\"your key\",\"type\":\"x\",\"code\":null}}";
        try (var upstream = FaultUpstream.always(Script.json(status, refused));
                var gateway =
                        GatewayFixture.serving(
                                Plans.known(
                                        GatewayFixture.plan(
                                                GatewayFixture.account(upstream)
                                                        .formats(WireFormat.ChatCompletions)
                                                        .credential(
                                                                new CredentialPlan.Passthrough())
                                                        .plan())))) {
            String fields =
                    "x-llm-gateway-key: "
                            + GatewayFixture.KEY
                            + "\r\nauthorization: Bearer my-own\r\n"
                            + "anthropic-version: 2023-06-01\r\n"
                            + "content-type: application/json\r\n";

            HttpMessage reply = gateway.post(MESSAGES, fields, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(told);
            JsonNode error = GatewayFixture.json(reply.text()).path("error");
            assertThat(error.path("type").asText()).isEqualTo(type);
            assertThat(error.path("message").asText()).contains("your key");
        }
    }

    @Test
    void a_messages_client_is_answered_by_a_chat_upstream() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("content-type")).hasValue("application/json");
            JsonNode message = GatewayFixture.json(reply.text());
            assertThat(message.path("type").asText()).isEqualTo("message");
            assertThat(message.path("id").asText()).isEqualTo("msg_a1");
            assertThat(message.path("content").path(0).path("text").asText()).isEqualTo("Hello");
            assertThat(message.path("stop_reason").asText()).isEqualTo("end_turn");
            assertThat(message.path("usage").path("input_tokens").asInt()).isEqualTo(11);
            assertThat(upstream.received().getFirst().message().startLine())
                    .isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(sent(upstream).path("messages").path(0).path("content").asText())
                    .isEqualTo("Hi");
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("format_in").asText()).isEqualTo("Messages");
            assertThat(line.path("format_out").asText()).isEqualTo("ChatCompletions");
            assertThat(line.path("input_tokens").asInt()).isEqualTo(11);
            assertThat(line.path("output_tokens").asInt()).isEqualTo(5);
            assertThat(line.path("outcome").asText()).isEqualTo("served");
        }
    }

    @Test
    void a_chat_client_is_answered_by_a_messages_upstream() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGES_REPLY));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, ASK_CHAT);

            assertThat(reply.status()).isEqualTo(200);
            JsonNode completion = GatewayFixture.json(reply.text());
            assertThat(completion.path("object").asText()).isEqualTo("chat.completion");
            JsonNode choice = completion.path("choices").path(0);
            assertThat(choice.path("message").path("content").asText()).isEqualTo("Hello");
            assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
            assertThat(completion.path("usage").path("prompt_tokens").asInt()).isEqualTo(11);
            HttpMessage asked = upstream.received().getFirst().message();
            assertThat(asked.startLine()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(asked.field("anthropic-version")).hasValue("2023-06-01");
            assertThat(sent(upstream).path("max_tokens").asInt()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"Messages,ChatCompletions", "ChatCompletions,Messages"})
    void a_stream_is_translated_and_its_usage_logged(WireFormat client, WireFormat spoken)
            throws IOException {
        VendorStream stream = VendorStream.of(spoken, "m", "Hel", "lo");
        String ask = client == WireFormat.Messages ? ASK_MESSAGES : ASK_CHAT;
        try (var upstream = FaultUpstream.always(stream.whole());
                var gateway = before(upstream, spoken)) {

            HttpMessage reply =
                    gateway.post(client == WireFormat.Messages ? MESSAGES : CHAT, streamed(ask));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(reply.text()).contains("\"Hel\"", "\"lo\"");
            assertThat(reply.text())
                    .endsWith(
                            client == WireFormat.Messages
                                    ? "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
                                    : "data: [DONE]\n\n");
            JsonNode line = gateway.log(1).getFirst();
            assertThat(line.path("input_tokens").asInt()).isEqualTo(VendorStream.INPUT_TOKENS);
            assertThat(line.path("output_tokens").asInt()).isEqualTo(VendorStream.OUTPUT_TOKENS);
            assertThat(line.path("outcome").asText()).isEqualTo("served");
            assertThat(line.path("stream").asBoolean()).isTrue();
        }
    }

    @Test
    void the_clients_model_is_shown_where_a_mapping_changed_it() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway =
                        GatewayFixture.serving(
                                GatewayFixture.plan(
                                        GatewayFixture.account(upstream)
                                                .formats(WireFormat.ChatCompletions)
                                                .models(new ModelMapping("*", "up", ""))
                                                .plan()))) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(sent(upstream).path("model").asText()).isEqualTo("up");
            assertThat(GatewayFixture.json(reply.text()).path("model").asText()).isEqualTo("m");
        }
    }

    @Test
    void a_document_from_the_upstream_is_streamed_to_a_client_that_asked_for_a_stream()
            throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, streamed(ASK_MESSAGES));

            assertThat(reply.text())
                    .startsWith("event: message_start\n")
                    .contains("\"text\":\"Hello\"")
                    .endsWith("data: {\"type\":\"message_stop\"}\n\n");
        }
    }

    @Test
    void a_long_reply_is_streamed_by_the_upstream_and_collected_for_the_client()
            throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
        String ask =
                "{\"model\":\"m\",\"max_tokens\":30000,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        try (var upstream = FaultUpstream.always(stream.whole());
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, ask);

            assertThat(sent(upstream).path("stream").asBoolean()).isTrue();
            assertThat(reply.field("content-type")).hasValue("application/json");
            assertThat(GatewayFixture.json(reply.text()).at("/choices/0/message/content").asText())
                    .isEqualTo("Hello");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error,400,invalid_request_error",
        "404,invalid_request_error,404,not_found_error",
        "413,invalid_request_error,413,request_too_large",
        "415,invalid_request_error,400,invalid_request_error",
        "422,invalid_request_error,400,invalid_request_error",
        "500,server_error,500,api_error",
        "502,server_error,502,api_error",
        "504,server_error,504,timeout_error",
        "408,server_error,504,timeout_error",
        "409,invalid_request_error,409,conflict_error"
    })
    void an_error_of_a_chat_upstream_is_told_in_anthropics_words(
            int status, String type, int shown, String shownType) throws IOException {
        String error =
                "{\"error\":{\"message\":\"what is wrong\",\"type\":\""
                        + type
                        + "\",\"code\":null}}";
        try (var upstream = FaultUpstream.always(Script.json(status, error));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(shown);
            JsonNode told = GatewayFixture.json(reply.text());
            assertThat(told.path("type").asText()).isEqualTo("error");
            assertThat(told.at("/error/type").asText()).isEqualTo(shownType);
            assertThat(told.at("/error/message").asText()).isEqualTo("what is wrong");
        }
    }

    @Test
    void a_prompt_that_is_too_long_is_told_so_that_clients_compact() throws IOException {
        String error =
                "{\"error\":{\"message\":\"This model's maximum context length is 1000 tokens. However,"
                        + " your messages resulted in 2000 tokens.\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}";
        try (var upstream = FaultUpstream.always(Script.json(400, error));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(GatewayFixture.json(reply.text()).at("/error/message").asText())
                    .isEqualTo("prompt is too long: 2000 tokens > 1000 maximum");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429, 503, 529})
    void what_is_wrong_with_a_pooled_account_is_never_the_clients_fault(int status)
            throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(status, "{\"error\":{}}"));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(529);
            assertThat(GatewayFixture.json(reply.text()).at("/error/type").asText())
                    .isEqualTo("overloaded_error");
        }
    }

    @Test
    void an_error_in_the_middle_of_a_stream_is_the_clients_formats_error_event()
            throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.Messages, "m", "Hel", "lo");
        String error =
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"busy\"}}\n\n";
        String chunk = Integer.toHexString(error.length()) + "\r\n" + error + "\r\n";
        Script script =
                stream.until(3)
                        .then(new Step.Pause(Duration.ofMillis(100)), Step.write(chunk))
                        .endOfChunks();
        try (var upstream = FaultUpstream.always(script);
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, streamed(ASK_CHAT));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text())
                    .contains("\"Hel\"")
                    .contains("data: {\"error\":{")
                    .doesNotContain("finish_reason\":\"");
            assertThat(gateway.log(1).getFirst().path("outcome").asText()).isEqualTo("truncated");
        }
    }

    @Test
    void a_stream_cut_short_is_never_a_normal_end() throws IOException {
        VendorStream stream = VendorStream.of(WireFormat.ChatCompletions, "m", "Hel", "lo");
        try (var upstream = FaultUpstream.always(stream.until(2).then(new Step.Reset()));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, streamed(ASK_MESSAGES));

            assertThat(reply.text())
                    .contains("event: error\ndata: {\"type\":\"error\"")
                    .doesNotContain("message_stop");
        }
    }

    @Test
    void a_broken_document_is_an_error_with_a_status() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, "{\"id\":\"chatcmpl-1\",\"cho"));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply = gateway.post(MESSAGES, ASK_MESSAGES);

            assertThat(reply.status()).isEqualTo(502);
            assertThat(GatewayFixture.json(reply.text()).at("/error/type").asText())
                    .isEqualTo("api_error");
        }
    }

    @Test
    void what_cannot_be_carried_is_named_in_a_header() throws IOException {
        String ask =
                ASK_CHAT.substring(0, ASK_CHAT.length() - 1) + ",\"seed\":7,\"logprobs\":true}";
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGES_REPLY));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, ask);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.field("x-gateway-warnings").orElse("")).contains("seed=", "logprobs=");
        }
    }

    @Test
    void what_must_not_be_left_out_is_refused_and_nothing_is_asked() throws IOException {
        String ask = ASK_CHAT.substring(0, ASK_CHAT.length() - 1) + ",\"n\":2}";
        try (var upstream = FaultUpstream.always(Script.json(200, MESSAGES_REPLY));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, ask);

            assertThat(reply.status()).isEqualTo(400);
            JsonNode error = GatewayFixture.json(reply.text()).path("error");
            assertThat(error.path("param").asText()).isEqualTo("n");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void an_account_that_speaks_the_clients_format_comes_first() throws IOException {
        try (var chat = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var messages = FaultUpstream.always(Script.json(200, MESSAGES_REPLY));
                var gateway =
                        GatewayFixture.serving(
                                Plans.gateway(
                                        List.of(
                                                named("a", chat, WireFormat.ChatCompletions),
                                                named("b", messages, WireFormat.Messages)),
                                        List.of(GatewayFixture.key().plan())))) {

            for (int i = 0; i < 4; i++) {
                assertThat(gateway.post(CHAT, ASK_CHAT).text()).isEqualTo(CHAT_REPLY);
                assertThat(gateway.post(MESSAGES, ASK_MESSAGES).text()).isEqualTo(MESSAGES_REPLY);
            }

            assertThat(chat.received()).hasSize(4);
            assertThat(messages.received()).hasSize(4);
        }
    }

    private static AccountPlan named(String name, FaultUpstream upstream, WireFormat format) {
        return Plans.account(name).at(upstream.address() + "/v1").formats(format).plan();
    }

    @Test
    void tokens_are_estimated_where_no_upstream_counts_them_and_marked_so() throws IOException {
        try (var upstream = FaultUpstream.always(Script.json(200, CHAT_REPLY));
                var gateway = before(upstream, WireFormat.ChatCompletions)) {

            HttpMessage reply =
                    gateway.post(
                            "/v1/messages/count_tokens",
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"four words of text\"}]}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(GatewayFixture.json(reply.text()).path("input_tokens").asInt())
                    .isBetween(4, 30);
            assertThat(reply.field("x-gateway-estimate")).hasValue("true");
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void the_simulated_provider_answers_in_the_format_it_is_asked_in() throws IOException {
        AccountPlan simulated =
                Plans.account("sim")
                        .provider(Provider.Simulated)
                        .at("")
                        .formats(WireFormat.Messages)
                        .plan();
        try (var gateway = GatewayFixture.serving(Plans.known(GatewayFixture.plan(simulated)))) {

            HttpMessage reply =
                    gateway.post(CHAT, streamed(ASK_CHAT).replace("\"m\"", "\"simulated\""));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void what_a_reply_loses_is_named_in_its_head_and_in_the_log() throws IOException {
        String pausing = MESSAGES_REPLY.replace("end_turn", "pause_turn");
        String asked = ASK_CHAT.replace("}]}", "}],\"seed\":1}");
        try (var upstream = FaultUpstream.always(Script.json(200, pausing));
                var gateway = before(upstream, WireFormat.Messages)) {

            HttpMessage reply = gateway.post(CHAT, asked);
            HttpMessage stream = gateway.post(CHAT, streamed(asked));

            assertThat(reply.text()).contains("\"finish_reason\":\"stop\"");
            assertThat(reply.head()).contains("seed=", "reply.finish_reason=pause_turn");
            assertThat(stream.status()).isEqualTo(200);
            for (JsonNode line : gateway.log(2)) {
                assertThat(line.path("warnings").asText())
                        .contains("seed=", "; reply.finish_reason=pause_turn");
            }
        }
    }
}
